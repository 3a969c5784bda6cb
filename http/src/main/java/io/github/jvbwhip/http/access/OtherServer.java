package io.github.jvbwhip.http.access;

import io.github.jvbwhip.http.problems.Problems;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Somebody else's HTTP server, asked within bounds of time and length; its redirects are not
 * followed. Thread-safe.
 */
public final class OtherServer {
  private final HttpClient client;
  private final Duration patience;
  private final int mostBytes;

  /**
   * @param patience how long an answer may take, its body included
   * @param mostBytes how long its body may be
   */
  public OtherServer(Duration patience, int mostBytes) {
    this.patience = patience;
    this.mostBytes = mostBytes;
    client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(patience)
            .build();
  }

  /**
   * Sends a request; waits for nothing.
   *
   * @return fails when it cannot be sent, there is no answer in time, or too long a one. Whether it
   *     fails or is cancelled, the connection is closed then: nobody waits for what comes late
   */
  public CompletableFuture<HttpResponse<byte[]>> send(HttpRequest.Builder request) {
    CompletableFuture<HttpResponse<byte[]>> exchange;
    try {
      exchange = client.sendAsync(request.timeout(patience).build(), LimitedBody.upTo(mostBytes));
    } catch (RuntimeException | Error e) { // Such as the lack of threads.
      return CompletableFuture.failedFuture(e);
    }
    CompletableFuture<HttpResponse<byte[]>> answer =
        exchange.copy().orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS);
    var unused = answer.whenComplete((response, failure) -> exchange.cancel(true));
    return answer;
  }

  /** What went wrong with it, in a few words. */
  public static String reason(Throwable failure) {
    Throwable cause = Problems.cause(failure);
    return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
  }
}
