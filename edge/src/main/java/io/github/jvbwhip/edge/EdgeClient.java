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
   * @param tls whether the token is meant for a server that is asked over TLS
   * @param via the edges that ask, this one last
   */
  record Caller(Optional<String> token, boolean tls, List<String> via) {
    Caller {
      via = List.copyOf(via);
    }

    /** One whose token is for the server at that URL, and for where that one sends it. */
    static Caller of(URI endpoint, Optional<String> token, List<String> via) {
      return new Caller(token, isTls(endpoint), via);
    }

    /** Adds the token, unless whoever listens on the way could read it there alone. */
    void authorize(HttpRequest.Builder request, URI url) {
      if (!tls || isTls(url)) {
        token.ifPresent(secret -> request.header("Authorization", "Bearer " + secret));
      }
    }

    private static boolean isTls(URI url) {
      return "https".equalsIgnoreCase(url.getScheme());
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
   * leads as well.
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
    caller.authorize(request, url);
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
              return send(method, next.get(), type, body, caller, redirects - 1);
            });
  }
}
