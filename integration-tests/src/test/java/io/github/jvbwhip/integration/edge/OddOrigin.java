package io.github.jvbwhip.integration.edge;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** An HTTP server that answers every request in one way. */
final class OddOrigin implements AutoCloseable {
  private final HttpServer server;
  private final ExecutorService threads =
      Executors.newCachedThreadPool(task -> new Thread(task, "test-origin"));
  private final CountDownLatch closed = new CountDownLatch(1);
  private final AtomicInteger posts = new AtomicInteger();

  /** When each came. */
  private final List<Long> postNanos = new CopyOnWriteArrayList<>();

  private final Set<String> paths = ConcurrentHashMap.newKeySet();
  private volatile List<String> via = List.of();

  /** What it does with a request. */
  private interface Handler {
    void handle(HttpExchange exchange) throws IOException;
  }

  private OddOrigin(Handler handler) {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(threads);
    server.createContext(
        "/",
        exchange -> {
          if (exchange.getRequestMethod().equals("POST")) {
            via = exchange.getRequestHeaders().getOrDefault("Via", List.of());
            paths.add(exchange.getRequestURI().getPath());
            postNanos.add(System.nanoTime());
            posts.incrementAndGet();
          }
          exchange.getRequestBody().readAllBytes();
          handler.handle(exchange);
          exchange.close();
        });
    server.start();
  }

  /** One that answers with that. */
  static OddOrigin answering(int status, Map<String, String> headers, String body) {
    return new OddOrigin(
        exchange -> {
          headers.forEach(exchange.getResponseHeaders()::set);
          byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
          exchange.getResponseBody().write(bytes);
        });
  }

  /** One that sends everybody to the same path of another server. */
  static OddOrigin redirecting(int status, URI to) {
    return new OddOrigin(
        exchange -> {
          exchange
              .getResponseHeaders()
              .set("Location", to.resolve(exchange.getRequestURI()).toString());
          exchange.sendResponseHeaders(status, -1);
        });
  }

  /** One that takes requests and never answers. */
  static OddOrigin hanging() {
    CountDownLatch[] end = new CountDownLatch[1];
    OddOrigin origin =
        new OddOrigin(
            exchange -> {
              try {
                end[0].await();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    end[0] = origin.closed;
    return origin;
  }

  URI uri() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
  }

  /** The field {@code Via} of the last POST. */
  String via() {
    return String.join(", ", via);
  }

  /** Where POSTs went. */
  Set<String> paths() {
    return Set.copyOf(paths);
  }

  int posts() {
    return posts.get();
  }

  /** How long after the POST before that one it came; the first one is 0. */
  Duration pauseBefore(int post) {
    return Duration.ofNanos(postNanos.get(post) - postNanos.get(post - 1));
  }

  @Override
  public void close() {
    closed.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}
