package io.github.jvbwhip.conformance;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** A server that gives the same wrong answers, whatever it is asked. */
final class FakeServer implements AutoCloseable {
  /** What is answered; a status of 0 stands for no answer at all. */
  record Answer(int status, Map<String, String> headers, String body) {
    static Answer of(int status, String... headers) {
      Map<String, String> fields = new LinkedHashMap<>();
      for (int i = 0; i < headers.length; i += 2) {
        fields.put(headers[i], headers[i + 1]);
      }
      return new Answer(status, fields, "");
    }

    Answer withBody(String text) {
      return new Answer(status, headers, text);
    }
  }

  /** Decides by method and path. */
  @FunctionalInterface
  interface Behaviour {
    Answer answer(String method, String path);
  }

  /** Decides by the field of that name as well, {@code null} without one. */
  @FunctionalInterface
  interface Guard {
    Answer answer(String method, String path, @Nullable String authorization);
  }

  private final HttpServer server;
  private final ExecutorService executor = Executors.newCachedThreadPool();

  FakeServer(Behaviour behaviour) throws IOException {
    this((method, path, authorization) -> behaviour.answer(method, path));
  }

  FakeServer(Guard guard) throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(executor);
    server.createContext("/", exchange -> handle(exchange, guard));
    server.start();
  }

  private static void handle(HttpExchange exchange, Guard guard) throws IOException {
    exchange.getRequestBody().readAllBytes();
    String method = exchange.getRequestMethod();
    Answer answer =
        guard.answer(
            method,
            exchange.getRequestURI().getPath(),
            exchange.getRequestHeaders().getFirst("Authorization"));
    if (answer.status == 0) {
      return;
    }
    answer.headers.forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
    byte[] body = answer.body.getBytes(StandardCharsets.UTF_8);
    boolean none = body.length == 0 || List.of("HEAD").contains(method) || answer.status == 204;
    exchange.sendResponseHeaders(answer.status, none ? -1 : body.length);
    if (!none) {
      exchange.getResponseBody().write(body);
    }
    exchange.close();
  }

  URI uri(String path) {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
  }

  @Override
  public void close() {
    server.stop(0);
    executor.shutdownNow();
  }
}
