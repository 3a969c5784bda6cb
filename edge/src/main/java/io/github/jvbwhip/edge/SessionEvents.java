package io.github.jvbwhip.edge;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.jvbwhip.edge.EdgeClient.Answer;
import io.github.jvbwhip.edge.EdgeClient.Caller;
import io.github.jvbwhip.http.exchange.ViaField;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscribers;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Listens to the events of sessions at other servers (the extension of WHEP for server-sent
 * events), for those that matter to a server: {@code reconnect} and {@code layers}. That the
 * connection ends is told as well, where nobody answers any more: of a server that was killed
 * nothing else tells at once. Thread-safe.
 */
final class SessionEvents {
  private static final Logger LOG = LoggerFactory.getLogger(SessionEvents.class);
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Duration PAUSE = Duration.ofMillis(500);
  private static final int ATTEMPTS = 3;
  private static final String BOTH = "[\"reconnect\",\"layers\"]";
  private static final String ONE = "[\"reconnect\"]";

  /** Called on threads of the HTTP client; only enqueues. */
  interface Listener {
    void reconnect(Optional<String> url);

    /** The data of {@code layers}, as they came. */
    void layers(String data);

    /** Neither the events nor their server are there any more. */
    void gone(String words);
  }

  private final EdgeClient client;
  private final ScheduledExecutorService scheduler;
  private final HttpClient streams;

  SessionEvents(EdgeClient client, Duration patience, ScheduledExecutorService scheduler) {
    this.client = client;
    this.scheduler = scheduler;
    this.streams =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(patience)
            .build();
  }

  /** Listens until it is closed. A server that has no such events is no failure. */
  Subscription subscribe(URI url, Caller caller, Listener listener) {
    Subscription subscription = new Subscription(caller, listener);
    var unused =
        create(url, BOTH, caller)
            .thenCompose(
                answer ->
                    answer.status() / 100 == 4 // It may not know one of them.
                        ? create(url, ONE, caller)
                        : CompletableFuture.completedFuture(answer))
            .whenComplete(subscription::created);
    return subscription;
  }

  private CompletableFuture<Answer> create(URI url, String types, Caller caller) {
    return client.send("POST", url, Optional.of("application/json"), types, caller);
  }

  /** One that listens. */
  final class Subscription {
    private final Caller caller;
    private final Listener listener;
    private @Nullable URI stream;
    private @Nullable CompletableFuture<?> listening;
    private boolean closed;
    private int failures;

    private Subscription(Caller caller, Listener listener) {
      this.caller = caller;
      this.listener = listener;
    }

    private void created(@Nullable Answer answer, @Nullable Throwable failure) {
      Optional<URI> location =
          answer == null || answer.status() != 201 ? Optional.empty() : answer.url("Location");
      if (location.isEmpty()) {
        LOG.debug("No events: {}", answer == null ? failure : answer.status());
        return;
      }
      synchronized (this) {
        stream = location.get();
      }
      listen();
    }

    private synchronized void listen() {
      URI from = stream;
      if (closed || from == null) {
        return;
      }
      HttpRequest.Builder request =
          HttpRequest.newBuilder(from).header("Accept", "text/event-stream");
      caller.authorize(request, from);
      request.header(ViaField.NAME, ViaField.of(caller.via()));
      CompletableFuture<HttpResponse<Void>> answer =
          streams.sendAsync(
              request.build(),
              info ->
                  BodySubscribers.fromSubscriber(
                      new EventReader(
                          info.statusCode() == 200 ? this::event : (name, data) -> {})));
      listening = answer;
      var unused = answer.whenComplete(this::ended);
    }

    private void event(String name, String data) {
      synchronized (this) {
        failures = 0;
      }
      if (name.equals("reconnect")) {
        listener.reconnect(url(data));
      } else if (name.equals("layers")) {
        listener.layers(data);
      }
    }

    private static Optional<String> url(String data) {
      try {
        return Optional.ofNullable(JSON.readTree(data).path("url").textValue());
      } catch (IOException e) {
        return Optional.empty();
      }
    }

    private void ended(@Nullable HttpResponse<Void> answer, @Nullable Throwable failure) {
      boolean refused = answer != null && answer.statusCode() / 100 == 4;
      boolean givenUp;
      synchronized (this) {
        if (closed) {
          return;
        }
        failures++;
        givenUp = failures > ATTEMPTS;
      }
      if (refused) {
        listener.gone("its session is over");
      } else if (givenUp && answer == null) {
        listener.gone("it does not answer any more");
      } else {
        var unused =
            scheduler.schedule(
                this::listen, PAUSE.toMillis() * (givenUp ? 10 : 1), TimeUnit.MILLISECONDS);
      }
    }

    synchronized void close() {
      closed = true;
      if (listening != null) {
        listening.cancel(true);
      }
    }
  }
}
