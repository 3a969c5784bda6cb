package io.github.jvbwhip.http.pages;

import io.github.jvbwhip.http.exchange.BodyWriter;
import io.github.jvbwhip.http.exchange.Reply;
import io.github.jvbwhip.http.exchange.ReplyWriter;
import io.github.jvbwhip.http.problems.ProblemException;
import io.github.jvbwhip.http.problems.ProblemType;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Serves the pages from the class path. They find {@code whip/}, {@code whep/} and {@code api/}
 * relative to themselves, so a proxy may mount everything below a prefix.
 *
 * <p>Thread-safe; all files are read once, when the servlet is made.
 */
public final class PagesServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;

  /** Where the servlet is to be mounted, next to other servlets of the same context. */
  public static final List<String> MAPPINGS = List.of("", "/publish", "/watch", "/assets/*");

  /** Scripts, styles and pictures come from here alone; only sessions may go to other bridges. */
  private static final String CONTENT_SECURITY_POLICY =
      "default-src 'self'; connect-src 'self' http: https:; media-src 'self' blob: mediastream:;"
          + " base-uri 'none'; form-action 'self'; object-src 'none'";

  /** A page that opens a camera must not be under somebody else's picture of a button. */
  private static final String NOT_FRAMED = CONTENT_SECURITY_POLICY + "; frame-ancestors 'none'";

  private static final String METHODS = "GET, HEAD, OPTIONS";

  private final transient Map<String, Page> pages = new TreeMap<>();

  private record Page(String contentType, String policy, String entityTag, byte[] content) {}

  public PagesServlet() {
    String layout = text("layout.html");
    addPage("/", layout, "Rooms", "rooms");
    addPage("/publish", layout, "Publish", "publish");
    addPage("/watch", layout, "Watch", "watch");
    for (String asset :
        List.of(
            "icon.svg",
            "page.js",
            "pattern.js",
            "publish.js",
            "rooms.js",
            "session.js",
            "style.css",
            "watch.js")) {
      add("/assets/" + asset, asset, CONTENT_SECURITY_POLICY, bytes("assets/" + asset));
    }
  }

  /** A page is its own part in the layout of all; the menu marks where it is. */
  private void addPage(String path, String layout, String title, String name) {
    String page =
        layout
            .replace(">" + title + "</a>", " aria-current=\"page\">" + title + "</a>")
            .replace("{{title}}", title)
            .replace("{{script}}", name + ".js")
            .replace("{{main}}", text(name + ".html"));
    String policy = name.equals("watch") ? CONTENT_SECURITY_POLICY : NOT_FRAMED;
    add(path, name + ".html", policy, page.getBytes(StandardCharsets.UTF_8));
  }

  private void add(String path, String file, String policy, byte[] content) {
    pages.put(path, new Page(contentType(file), policy, entityTag(content), content));
  }

  private static String text(String file) {
    return new String(bytes(file), StandardCharsets.UTF_8);
  }

  private static byte[] bytes(String file) {
    try (InputStream in = PagesServlet.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new IllegalStateException("the jar lacks " + file);
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String contentType(String file) {
    if (file.endsWith(".js")) {
      return "text/javascript;charset=utf-8";
    }
    if (file.endsWith(".svg")) {
      return "image/svg+xml";
    }
    return file.endsWith(".css") ? "text/css;charset=utf-8" : "text/html;charset=utf-8";
  }

  private static String entityTag(byte[] content) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(content);
      return '"' + HexFormat.of().formatHex(digest, 0, 12) + '"';
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** Takes no other methods: TRACE would show what a proxy has added to a request. */
  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws ServletException, IOException {
    switch (request.getMethod()) {
      case "GET", "HEAD" -> super.service(request, response);
      case "OPTIONS" -> response.setHeader("Allow", METHODS);
      default ->
          refuse(
              new ProblemException(
                  ProblemType.METHOD_NOT_ALLOWED,
                  "Pages have " + METHODS + ".",
                  Map.of("Allow", METHODS)),
              request);
    }
  }

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    String info = request.getPathInfo();
    Page page = pages.get(path(request.getServletPath(), info));
    if (page == null) {
      refuse(new ProblemException(ProblemType.NOT_FOUND, "There is no such page."), request);
      return;
    }
    response.setHeader("ETag", page.entityTag());
    response.setHeader("Cache-Control", "no-cache");
    response.setHeader("Content-Security-Policy", page.policy());
    response.setHeader("X-Content-Type-Options", "nosniff");
    response.setHeader("Referrer-Policy", "same-origin");
    if (page.entityTag().equals(request.getHeader("If-None-Match"))) {
      response.setStatus(HttpServletResponse.SC_NOT_MODIFIED);
      return;
    }
    response.setContentType(page.contentType());
    response.setContentLength(page.content().length);
    BodyWriter.write(begin(request), page.content());
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

  private static String path(String servletPath, @Nullable String pathInfo) {
    String path = servletPath + (pathInfo == null ? "" : pathInfo);
    return path.isEmpty() ? "/" : path;
  }
}
