package io.github.jvbwhip.conformance.client;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;

/** Makes requests over HTTP/1.1, each bounded in time; follows no redirects. Thread-safe. */
public final class HttpCaller {
  private final HttpClient client;
  private final Optional<String> token;
  private final Duration timeout;

  /**
   * @param token of {@code Authorization: Bearer}
   */
  public HttpCaller(Optional<String> token, Duration timeout) {
    this.token = token;
    this.timeout = timeout;
    client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(timeout)
            .build();
  }

  /** Whether there is a token. */
  public boolean hasToken() {
    return token.isPresent();
  }

  /**
   * Makes a request and reads the whole response.
   *
   * @throws Unmet when none came in time
   */
  public Exchange send(Call call) {
    return send(call, timeout);
  }

  /** The same with another limit. */
  Exchange send(Call call, Duration limit) {
    HttpResponse<String> response =
        exchange(call, BodyHandlers.ofString(StandardCharsets.UTF_8), "a response", limit);
    return new Exchange(
        call.method(), call.uri(), response.statusCode(), response.headers(), response.body());
  }

  /** GETs an event stream; the caller closes what it is sent. */
  HttpResponse<InputStream> stream(URI uri) {
    return exchange(
        Call.of("GET", uri).with("Accept", "text/event-stream"),
        BodyHandlers.ofInputStream(),
        "the head of an event stream",
        timeout);
  }

  private <T> HttpResponse<T> exchange(
      Call call, BodyHandler<T> handler, String expected, Duration limit) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(call.uri()).timeout(limit).method(call.method(), publisher(call));
    call.headers().forEach(request::header);
    if (call.authorized() && !call.headers().containsKey("Authorization")) {
      token.ifPresent(value -> request.header("Authorization", "Bearer " + value));
    }
    try {
      // The request's own limit ends with the head of the response; this one holds for its body.
      return client
          .sendAsync(request.build(), handler)
          .orTimeout(limit.plusMillis(500).toMillis(), MILLISECONDS)
          .join();
    } catch (CompletionException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      boolean late = cause instanceof HttpTimeoutException || cause instanceof TimeoutException;
      boolean closed =
          !late && cause instanceof IOException && !(cause instanceof ConnectException);
      throw new Unmet(
          expected + " within " + limit.toSeconds() + " s",
          call.method()
              + " -> "
              + (late ? "nothing" : closed ? "the connection was closed without one" : cause));
    }
  }

  private static BodyPublisher publisher(Call call) {
    if (call.body().isEmpty()) {
      return BodyPublishers.noBody();
    }
    byte[] bytes = call.body().get().getBytes(StandardCharsets.UTF_8);
    return call.chunked()
        ? BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(bytes))
        : BodyPublishers.ofByteArray(bytes);
  }
}
