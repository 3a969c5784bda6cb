package io.github.jvbwhip.benchmarks.signalling;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Sets sessions up and tears them down, without media. Thread-safe. */
final class Sessions {
  /**
   * What a session took, in nanoseconds.
   *
   * @param post until the answer was there
   * @param delete from then on, until the session was gone
   */
  record Times(long post, long delete) {}

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final URI endpoints;
  private final String offer;

  /**
   * @param endpoints the WHIP endpoints without a room
   */
  Sessions(URI endpoints) throws IOException {
    this.endpoints = endpoints;
    try (InputStream in = Sessions.class.getResourceAsStream("/offers/chromium-whip.sdp")) {
      if (in == null) {
        throw new IOException("the offer is not on the class path");
      }
      offer = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** Publishes in a room of that name, and stops at once; fails with what goes wrong. */
  CompletableFuture<Times> upAndDown(String room) {
    URI endpoint = endpoints.resolve(room + "/main");
    long start = System.nanoTime();
    return send(HttpRequest.newBuilder(endpoint)
            .header("Content-Type", "application/sdp")
            .POST(BodyPublishers.ofString(offer)))
        .thenCompose(
            created -> {
              long posted = System.nanoTime();
              URI session = endpoint.resolve(created.headers().firstValue("Location").orElse(""));
              return send(HttpRequest.newBuilder(session).DELETE())
                  .thenApply(gone -> new Times(posted - start, System.nanoTime() - posted));
            });
  }

  private CompletableFuture<HttpResponse<String>> send(HttpRequest.Builder request) {
    return client
        .sendAsync(request.timeout(Duration.ofSeconds(10)).build(), BodyHandlers.ofString())
        .thenApply(
            response -> {
              if (response.statusCode() / 100 != 2) {
                throw new CompletionException(
                    new IOException("status " + response.statusCode() + ": " + response.body()));
              }
              return response;
            });
  }
}
