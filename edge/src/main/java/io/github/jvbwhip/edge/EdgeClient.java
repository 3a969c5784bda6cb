package io.github.jvbwhip.edge;

import io.github.jvbwhip.http.access.OtherServer;
import io.github.jvbwhip.http.config.HttpUrls;
import io.github.jvbwhip.http.exchange.ViaField;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** The requests of WHEP and WHIP, as a client makes them. Thread-safe; waits for nothing. */
final class EdgeClient {
  static final String SDP = "application/sdp";

  /** As much as the other direction takes. */
  private static final int MOST_BYTES = 256 * 1024;

  private static final int MOST_REDIRECTS = 5;

  /**
   * Who asks.
   *
   * @param token a bearer token; a secret
   * @param via the edges that ask, this one last
   */
  record Caller(Optional<String> token, List<String> via) {
    Caller {
      via = List.copyOf(via);
    }

    @Override
    public String toString() {
      return "Caller" + via;
    }
  }

  /**
   * What was answered.
   *
   * @param from who answered, after redirects
   */
  record Answer(URI from, HttpResponse<byte[]> response) {
    int status() {
      return response.statusCode();
    }

    String text() {
      return new String(response.body(), StandardCharsets.UTF_8);
    }

    Optional<String> header(String name) {
      return response.headers().firstValue(name);
    }

    /** The URL that a field names; empty where that is none of HTTP. */
    Optional<URI> url(String name) {
      return header(name).flatMap(this::resolve);
    }

    Optional<URI> resolve(String reference) {
      try {
        return HttpUrls.parse(from.resolve(reference).toString());
      } catch (IllegalArgumentException e) {
        return Optional.empty();
      }
    }

    boolean isSdp() {
      return header("Content-Type").map(type -> type.startsWith(SDP)).orElse(false);
    }
  }

  private final OtherServer server;

  /**
   * @param patience how long an answer may take
   */
  EdgeClient(Duration patience) {
    server = new OtherServer(patience, MOST_BYTES);
  }

  /**
   * Sends a request; follows 307 and 308 (RFC 9110 §15.4.8). The token goes to where a redirect
   * leads as well, but not from TLS to plain text.
   *
   * @param type the body's media type; empty where there is no body
   */
  CompletableFuture<Answer> send(
      String method, URI url, Optional<String> type, String body, Caller caller) {
    return send(method, url, type, body, caller, MOST_REDIRECTS);
  }

  private CompletableFuture<Answer> send(
      String method, URI url, Optional<String> type, String body, Caller caller, int redirects) {
    HttpRequest.Builder request = HttpRequest.newBuilder(url);
    type.ifPresent(of -> request.header("Content-Type", of));
    caller.token().ifPresent(token -> request.header("Authorization", "Bearer " + token));
    if (!caller.via().isEmpty()) {
      request.header(ViaField.NAME, ViaField.of(caller.via()));
    }
    request.method(
        method, type.isPresent() ? BodyPublishers.ofString(body) : BodyPublishers.noBody());
    return server
        .send(request)
        .thenCompose(
            response -> {
              Answer answer = new Answer(url, response);
              boolean redirected = answer.status() == 307 || answer.status() == 308;
              Optional<URI> next = answer.url("Location");
              if (!redirected || next.isEmpty() || redirects == 0) {
                return CompletableFuture.completedFuture(answer);
              }
              boolean less =
                  "https".equals(url.getScheme()) && "http".equals(next.get().getScheme());
              Caller same = less ? new Caller(Optional.empty(), caller.via()) : caller;
              return send(method, next.get(), type, body, same, redirects - 1);
            });
  }
}
