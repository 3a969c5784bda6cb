package io.github.jvbwhip.integration.operator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A server that is told when publishers and players come and go, as a static
 * {@code @RegisterExtension} field. Thread-safe.
 */
final class NotifiedServer implements AfterAllCallback {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final long PATIENCE_SECONDS = 60;

  private final BlockingQueue<JsonNode> told = new LinkedBlockingQueue<>();
  private final HttpServer server;

  NotifiedServer() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", this::take);
    server.start();
  }

  private void take(HttpExchange exchange) throws IOException {
    try (exchange) {
      told.add(JSON.readTree(exchange.getRequestBody()));
      exchange.sendResponseHeaders(204, -1);
    }
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/";
  }

  /** The next so many about a room, in the order in which they come. */
  List<JsonNode> next(String room, int count) throws InterruptedException {
    List<JsonNode> found = new ArrayList<>();
    while (found.size() < count) {
      JsonNode next = told.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
      assertThat(next).as("after %s", found).isNotNull();
      if (next.path("room").asText().equals(room)) {
        found.add(next);
      }
    }
    return found;
  }

  @Override
  public void afterAll(ExtensionContext context) {
    server.stop(0);
  }
}
