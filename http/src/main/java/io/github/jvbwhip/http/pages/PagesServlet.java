package io.github.jvbwhip.http.pages;

import io.github.jvbwhip.http.config.FrameAncestors;
import io.github.jvbwhip.http.exchange.BodyWriter;
import io.github.jvbwhip.http.exchange.Reply;
import io.github.jvbwhip.http.exchange.ReplyWriter;
import io.github.jvbwhip.http.problems.ProblemException;
import io.github.jvbwhip.http.problems.ProblemType;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Serves the pages from the class path, and the elements that sites of others have in theirs. All
 * find {@code whip/}, {@code whep/} and {@code api/} relative to themselves, so a proxy may mount
 * everything below a prefix.
 *
 * <p>Thread-safe; all files are read, put together and compressed once, when the servlet is made.
 */
public final class PagesServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;

  /** Where the servlet is to be mounted, next to other servlets of the same context. */
  public static final List<String> MAPPINGS =
      List.of("", "/publish", "/watch", "/status", "/embed/*", "/assets/*", "/elements/*");

  static final String METHODS = "GET, HEAD, OPTIONS";

  private final transient Pages pages;

  /**
   * @param ancestors whose pages may have the embedded player in a frame
   * @param status whether the operator's page is there
   */
  public PagesServlet(FrameAncestors ancestors, boolean status) {
    pages = new Pages(ancestors, status);
  }

  /** Takes no other methods: TRACE would show what a proxy has added to a request. */
  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    switch (request.getMethod()) {
      case "GET", "HEAD" -> answer(request, response);
      case "OPTIONS" -> {
        response.setHeader("Allow", METHODS);
        Policy.preflight(find(request).map(Page::policy).orElse(Map.of()))
            .forEach(response::setHeader);
      }
      default ->
          refuse(
              new ProblemException(
                  ProblemType.METHOD_NOT_ALLOWED,
                  "Pages have " + METHODS + ".",
                  Map.of("Allow", METHODS, "Access-Control-Allow-Origin", "*")),
              request);
    }
  }

  private void answer(HttpServletRequest request, HttpServletResponse response) throws IOException {
    Optional<Page> found = find(request);
    if (found.isEmpty()) {
      refuse(
          new ProblemException(
              ProblemType.NOT_FOUND,
              "There is no such page.",
              Map.of("Access-Control-Allow-Origin", "*")),
          request);
      return;
    }
    Page page = found.get();
    boolean gzip = ContentNegotiation.takesGzip(request.getHeaders("Accept-Encoding"));
    Page.Body body = gzip ? page.gzip() : page.plain();
    page.policy().forEach(response::setHeader);
    response.setHeader("ETag", body.entityTag());
    // Whoever has them asks again: modules of two versions must not meet.
    response.setHeader("Cache-Control", "no-cache");
    response.addHeader("Vary", "Accept-Encoding");
    if (ContentNegotiation.has(request.getHeaders("If-None-Match"), body.entityTag())) {
      response.setStatus(HttpServletResponse.SC_NOT_MODIFIED);
      return;
    }
    response.setContentType(page.contentType());
    response.setContentLength(body.content().length);
    if (gzip) {
      response.setHeader("Content-Encoding", "gzip");
    }
    if (request.getMethod().equals("GET")) {
      BodyWriter.write(begin(request), body.content());
    }
  }

  private Optional<Page> find(HttpServletRequest request) {
    // Containers take parameters (/embed/room;a=b) off a path. No name has a semicolon.
    if (request.getRequestURI().indexOf(';') >= 0) {
      return Optional.empty();
    }
    String info = request.getPathInfo();
    String path = request.getServletPath() + (info == null ? "" : info);
    return pages.at(path.isEmpty() ? "/" : path);
  }

  private static AsyncContext begin(HttpServletRequest request) {
    AsyncContext context = request.startAsync();
    context.setTimeout(0);
    return context;
  }

  private static void refuse(ProblemException problem, HttpServletRequest request)
      throws IOException {
    boolean head = request.getMethod().equals("HEAD");
    ReplyWriter.write(Reply.of(problem), head, begin(request));
  }
}
