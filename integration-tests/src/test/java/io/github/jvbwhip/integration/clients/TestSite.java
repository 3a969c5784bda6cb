package io.github.jvbwhip.integration.clients;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.jvbwhip.core.threads.TestThreads;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A web site with one page and some scripts. To the product it is another origin, so that the
 * browser enforces CORS, as it does for players on a site of their own. Thread-safe.
 */
public final class TestSite implements AutoCloseable {
  private static final String PAGE =
      "<!DOCTYPE html><title>Player</title>%s"
          + "<video id=\"played\" autoplay muted playsinline></video>";

  private final List<Path> scripts;
  private final String page;
  private final int postStatus;
  private final String postDetail;
  private final HttpServer server;
  private final ExecutorService executor = Executors.newSingleThreadExecutor(TestThreads.daemons());

  /** A site whose page has a video element, and these scripts. */
  TestSite(Path... scripts) {
    this(List.of(scripts), PAGE.formatted(tags(scripts)), 405, "");
  }

  /** A site whose page is this HTML. */
  public TestSite(String page) {
    this(page, 405, "");
  }

  /**
   * A site whose page is this HTML, and that answers every POST with a problem document (RFC 9457).
   *
   * @param detail what the document says
   */
  public TestSite(String page, int status, String detail) {
    this(List.of(), page, status, detail);
  }

  private TestSite(List<Path> scripts, String page, int postStatus, String postDetail) {
    this.scripts = scripts;
    this.page = page;
    this.postStatus = postStatus;
    this.postDetail = postDetail;
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", this::handle);
    server.setExecutor(executor);
    server.start();
  }

  /** Where the page is. */
  public URI uri() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String name = exchange.getRequestURI().getPath().substring(1);
      if (exchange.getRequestMethod().equals("POST")) {
        String problem = "{\"status\": %d, \"detail\": \"%s\"}".formatted(postStatus, postDetail);
        answer(exchange, postStatus, "application/problem+json", problem.getBytes(UTF_8));
      } else if (name.isEmpty()) {
        answer(exchange, 200, "text/html; charset=utf-8", page.getBytes(UTF_8));
      } else {
        answer(exchange, 200, "text/javascript; charset=utf-8", script(name));
      }
    }
  }

  private static void answer(HttpExchange exchange, int status, String type, byte[] body)
      throws IOException {
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
  }

  private static String tags(Path... scripts) {
    return Stream.of(scripts)
        .map(script -> "<script src=\"%s\"></script>".formatted(script.getFileName()))
        .collect(Collectors.joining());
  }

  /** The browser asks for an icon as well, and may have anything for it. */
  private byte[] script(String name) throws IOException {
    for (Path script : scripts) {
      if (script.endsWith(name)) {
        return Files.readAllBytes(script);
      }
    }
    return new byte[0];
  }

  @Override
  public void close() {
    server.stop(0);
    executor.shutdownNow();
  }
}
