package io.github.jvbwhip.conformance.client;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;

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

  /** Why no connection can be made there; empty when one can. */
  public Optional<String> noConnection(URI uri) {
    try {
      exchange(Call.of("OPTIONS", uri), BodyHandlers.discarding(), "a response", timeout);
    } catch (Unmet e) {
      return Optional.ofNullable(e.getCause()).flatMap(HttpCaller::reason);
    }
    return Optional.empty();
  }

  /** In words, for what keeps a client from making a request at all. */
  private static Optional<String> reason(Throwable failure) {
    if (failure instanceof HttpConnectTimeoutException) {
      return Optional.of("there is no answer to a connection");
    } else if (failure instanceof SSLException) {
      return Optional.of("TLS fails: " + failure.getMessage());
    } else if (failure instanceof ConnectException) {
      // Java says nothing of a name that does not resolve.
      Throwable cause = failure;
      while (cause.getCause() != null) {
        cause = cause.getCause();
      }
      return Optional.of(
          cause instanceof UnresolvedAddressException
              ? "its name has no address"
              : "the connection is refused");
    }
    return Optional.empty();
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
      Optional<String> reason = reason(cause);
      boolean late = cause instanceof HttpTimeoutException || cause instanceof TimeoutException;
      boolean closed = !late && cause instanceof IOException;
      Unmet unmet =
          new Unmet(
              expected + " within " + limit.toSeconds() + " s",
              call.method()
                  + " -> "
                  + reason.orElse(
                      late
                          ? "nothing"
                          : closed ? "the connection was closed without one" : cause.toString()));
      unmet.initCause(cause);
      throw unmet;
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
