package io.github.jvbwhip.http.access;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.jvbwhip.core.threads.TestThreads;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Somebody else's HTTP server, on this machine; what it does is the test's. Thread-safe. */
public final class KeyHost implements AutoCloseable {
  /** What it does with a request. */
  @FunctionalInterface
  public interface Behaviour {
    /** Answers, or leaves it. */
    void handle(HttpExchange exchange) throws IOException;
  }

  private final HttpServer server;
  private final ExecutorService executor = Executors.newCachedThreadPool(TestThreads.daemons());
  private final List<String> paths = new CopyOnWriteArrayList<>();
  private volatile Behaviour behaviour;

  public KeyHost(Behaviour behaviour) {
    this.behaviour = behaviour;
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(executor);
    server.createContext(
        "/",
        exchange -> {
          paths.add(exchange.getRequestURI().getPath());
          this.behaviour.handle(exchange);
        });
    server.start();
  }

  /** From now on it does that. */
  public void turnTo(Behaviour other) {
    behaviour = other;
  }

  /** Its root. */
  public URI uri() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
  }

  /** What it was asked for. */
  public List<String> paths() {
    return paths;
  }

  /** Does not answer until then. */
  public static Behaviour hanging(CountDownLatch until) {
    return exchange -> await(until);
  }

  /** Waits for it, or until the server is closed. */
  public static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Answers with a body, which may be empty. */
  public static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    if (body.length > 0) {
      exchange.getResponseBody().write(body);
    }
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
    executor.shutdownNow();
  }
}
