package io.github.jvbwhip.integration.clients;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.jvbwhip.core.threads.TestThreads;
import io.github.jvbwhip.testpeer.TestPeer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * A WHIP endpoint with nothing of the product in it: a {@link TestPeer} receives what the one
 * client publishes. It shows that the clients of the tests work, and what they send. Thread-safe.
 */
final class PeerEndpoint implements AutoCloseable {
  private final TestPeer peer = TestPeer.open();
  private final HttpServer server;
  private final ExecutorService executor = Executors.newSingleThreadExecutor(TestThreads.daemons());
  private volatile @Nullable String offer;
  private volatile boolean deleted;

  PeerEndpoint() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", this::handle);
    server.setExecutor(executor);
    server.start();
  }

  URI uri() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/whip");
  }

  TestPeer peer() {
    return peer;
  }

  boolean isDeleted() {
    return deleted;
  }

  /** Keeps the offer as it came, for a look at it. */
  void keepOffer(String name) throws IOException {
    Path folder = Files.createDirectories(Commands.WORK.resolve("offers"));
    Files.writeString(folder.resolve(name + ".sdp"), String.valueOf(offer));
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      switch (exchange.getRequestMethod()) {
        case "POST" -> {
          offer = body;
          byte[] answer = peer.answer(body).getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().set("Content-Type", "application/sdp");
          exchange.getResponseHeaders().set("Location", "/session");
          exchange.sendResponseHeaders(201, answer.length);
          exchange.getResponseBody().write(answer);
        }
        case "DELETE" -> {
          deleted = true;
          exchange.sendResponseHeaders(200, -1);
        }
        case "GET" -> {
          byte[] page = "<!DOCTYPE html><title>Empty</title>".getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().set("Content-Type", "text/html");
          exchange.sendResponseHeaders(200, page.length);
          exchange.getResponseBody().write(page);
        }
        default -> exchange.sendResponseHeaders(405, -1);
      }
    }
  }

  @Override
  public void close() {
    server.stop(0);
    executor.shutdownNow();
    peer.close();
  }
}
