package io.github.jvbwhip.load.client;

import io.github.jvbwhip.core.threads.DaemonThreads;
import io.github.jvbwhip.testpeer.signalling.HttpSignalling;
import io.github.jvbwhip.testpeer.signalling.Reply;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The requests of all sessions, none of which holds a thread. Thread-safe. */
public final class Signalling implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Signalling.class);
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
  private static final int THREADS = 2;

  private final ExecutorService executor =
      Executors.newFixedThreadPool(
          THREADS,
          DaemonThreads.numbered("load-http", fault -> LOG.error("a request failed", fault)));
  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .followRedirects(HttpClient.Redirect.NORMAL)
          .connectTimeout(CONNECT_TIMEOUT)
          .executor(executor)
          .build();
  private final Optional<String> token;
  private final Duration timeout;

  /**
   * @param token the bearer token of all requests
   * @param timeout for each request
   */
  public Signalling(Optional<String> token, Duration timeout) {
    this.token = token;
    this.timeout = timeout;
  }

  /** POST of an offer. */
  CompletableFuture<Reply> post(URI endpoint, String offer) {
    return send(
        HttpRequest.newBuilder(endpoint)
            .header("Content-Type", HttpSignalling.SDP)
            .POST(BodyPublishers.ofString(offer)));
  }

  /** PATCH of the answer to a counter-offer. */
  CompletableFuture<Reply> patch(URI session, String answer) {
    return send(
        HttpRequest.newBuilder(session)
            .header("Content-Type", HttpSignalling.SDP)
            .method("PATCH", BodyPublishers.ofString(answer)));
  }

  /** DELETE of a session. */
  CompletableFuture<Reply> delete(URI session) {
    return send(HttpRequest.newBuilder(session).DELETE());
  }

  private CompletableFuture<Reply> send(HttpRequest.Builder request) {
    token.ifPresent(value -> request.header("Authorization", "Bearer " + value));
    return client
        .sendAsync(request.timeout(timeout).build(), BodyHandlers.ofString(StandardCharsets.UTF_8))
        .thenApply(r -> new Reply(r.uri(), r.statusCode(), r.headers(), r.body()));
  }

  @Override
  public void close() {
    executor.shutdownNow();
  }
}
