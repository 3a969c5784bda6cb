package io.github.jvbwhip.http.pages;

import io.github.jvbwhip.http.TestServer;
import io.github.jvbwhip.http.composition.Mount;
import io.github.jvbwhip.http.config.FrameAncestors;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.GZIPInputStream;

/** A server with the pages alone. */
final class PagesServer implements AutoCloseable {
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final TestServer server;

  PagesServer() {
    this(FrameAncestors.ALL);
  }

  PagesServer(FrameAncestors ancestors) {
    try {
      server =
          new TestServer(
              List.of(new Mount(new PagesServlet(ancestors, true), PagesServlet.MAPPINGS)));
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  /** The response to a request without a body; header fields come in pairs of name and value. */
  HttpResponse<String> send(String method, String path, String... headers) throws Exception {
    return server.send(method, path, "", headers);
  }

  HttpResponse<String> get(String path, String... headers) throws Exception {
    return send("GET", path, headers);
  }

  /** The response to a client that takes gzip. */
  HttpResponse<byte[]> getCompressed(String path) throws IOException, InterruptedException {
    HttpRequest request = server.request(path).header("Accept-Encoding", "gzip").build();
    return client.send(request, BodyHandlers.ofByteArray());
  }

  /** What was compressed. */
  static String text(byte[] gzip) throws IOException {
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(gzip))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** The header field of a response; empty where it has none. */
  static String header(HttpResponse<?> response, String name) {
    return String.join(", ", response.headers().allValues(name));
  }

  @Override
  public void close() throws Exception {
    server.close();
  }
}
