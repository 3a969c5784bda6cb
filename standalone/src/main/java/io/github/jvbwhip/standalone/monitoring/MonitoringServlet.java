package io.github.jvbwhip.standalone.monitoring;

import io.github.jvbwhip.http.exchange.Reply;
import io.github.jvbwhip.http.exchange.ReplyWriter;
import io.github.jvbwhip.http.problems.ProblemException;
import io.github.jvbwhip.http.problems.ProblemType;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;

/** One resource that can be read, and nothing else. Thread-safe, as those have to be that it is. */
abstract class MonitoringServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;
  private static final String METHODS = "GET, HEAD";

  /** What GET is answered with; blocks for microseconds. */
  abstract Reply read(HttpServletRequest request) throws ProblemException, IOException;

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    Reply reply = answer(request);
    AsyncContext context = request.startAsync();
    context.setTimeout(0);
    ReplyWriter.write(reply, request.getMethod().equals("HEAD"), context);
  }

  private Reply answer(HttpServletRequest request) throws IOException {
    try {
      return switch (request.getMethod()) {
        case "GET", "HEAD" -> read(request);
        default ->
            throw new ProblemException(
                ProblemType.METHOD_NOT_ALLOWED,
                "This resource has " + METHODS + ".",
                Map.of("Allow", METHODS));
      };
    } catch (ProblemException e) {
      return Reply.of(e);
    }
  }
}
