package io.github.jvbwhip.cluster.wire;

import io.github.jvbwhip.http.access.Everyone;
import io.github.jvbwhip.http.config.HttpConfig;
import io.github.jvbwhip.http.exchange.Exchange;
import io.github.jvbwhip.http.exchange.Reply;
import io.github.jvbwhip.http.problems.ProblemException;
import io.github.jvbwhip.http.resources.SignallingServlet;
import io.github.jvbwhip.http.runtime.ServerRuntime;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;

/**
 * Where members ask each other. A request's signature is over its head, which has the digest of its
 * body: of what is not signed well no body is read, so that strangers fill no memory. Thread-safe.
 */
public final class MemberServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;

  private final transient MemberRouter router;
  private final transient ServerRuntime runtime;
  private final transient SignallingServlet behind;

  public MemberServlet(MemberRouter router, HttpConfig config, ServerRuntime runtime) {
    this.router = router;
    this.runtime = runtime;
    this.behind = new SignallingServlet(router, config, new Everyone(), runtime);
  }

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws ServletException, IOException {
    try {
      checkHead(request);
    } catch (ProblemException e) {
      Reply refusal = Reply.of(e);
      Reply reply = hasBody(request) ? refusal.with("Connection", "close") : refusal;
      Exchange.start(request, runtime.scheduler(), runtime.bodies())
          .answer(reply.atOnce(), told -> {});
      return;
    }
    behind.service((ServletRequest) request, (ServletResponse) response);
  }

  private void checkHead(HttpServletRequest request) throws ProblemException {
    if (request.getMethod().equals("POST")) {
      String path = request.getPathInfo();
      router.check(
          path == null ? "" : path.substring(1),
          name -> Collections.list(request.getHeaders(name)));
    } else if (hasBody(request)) {
      throw Verifier.refused(); // Nothing else has one.
    }
  }

  /** HTTP/2 need not declare it. */
  private static boolean hasBody(HttpServletRequest request) {
    return request.getContentLengthLong() > 0 || request.getHeader("Transfer-Encoding") != null;
  }
}
