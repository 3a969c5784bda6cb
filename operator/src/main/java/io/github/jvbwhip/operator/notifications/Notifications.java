package io.github.jvbwhip.operator.notifications;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.jvbwhip.core.session.SessionEnd;
import io.github.jvbwhip.core.text.RandomHex;
import io.github.jvbwhip.core.text.Words;
import io.github.jvbwhip.core.threads.Waits;
import io.github.jvbwhip.http.access.OtherServer;
import io.github.jvbwhip.http.access.webhook.WebhookSignature;
import io.github.jvbwhip.http.runtime.OpenedSession;
import io.github.jvbwhip.http.runtime.PostListener.Protocol;
import io.github.jvbwhip.http.runtime.SessionListener;
import io.github.jvbwhip.operator.SessionJson;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells another server, by POST of a JSON object, when publishers and players come and go: one
 * after another, in their order. What is not taken (by 2xx) is tried again, later each time, while
 * those behind it wait; the queue is bounded. Thread-safe; has no thread of its own, and nobody
 * waits for it.
 */
public final class Notifications implements SessionListener, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Notifications.class);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

  /** How long the last ones may take when the server stops. */
  private static final Duration FAREWELL = Duration.ofSeconds(2);

  private static final int MOST_BYTES = 16 * 1024;
  private static final int ID_BYTES = 8;

  /**
   * One of them.
   *
   * @param since when it was tried first, once it was
   * @param pause after which it is tried again
   */
  private record Waiting(String body, Optional<Instant> since, Duration pause) {
    Waiting beginning(Instant now) {
      return since.isPresent() ? this : new Waiting(body, Optional.of(now), pause);
    }

    Waiting later() {
      Duration doubled = pause.multipliedBy(2);
      return new Waiting(
          body, since, doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE);
    }
  }

  private final NotificationConfig config;
  private final Clock clock;
  private final RandomGenerator random;
  private final ScheduledExecutorService scheduler;
  private final OtherServer server;
  private final Deque<Waiting> queue = new ArrayDeque<>();

  /** Nothing else is sent: one is under way, or the pause after it is not over. */
  private boolean busy;

  private long lost;
  private boolean failing;
  private @Nullable CompletableFuture<Void> farewell;

  /**
   * @param scheduler for the pauses; is to outlive this
   */
  public Notifications(
      NotificationConfig config,
      Clock clock,
      RandomGenerator random,
      ScheduledExecutorService scheduler) {
    this.config = config;
    this.clock = clock;
    this.random = random;
    this.scheduler = scheduler;
    this.server = new OtherServer(config.timeout(), MOST_BYTES);
  }

  @Override
  public void opened(OpenedSession session) {
    boolean publishes = session.protocol() == Protocol.WHIP;
    session
        .session()
        .onConnected(
            () -> tell(publishes ? NotificationType.PUBLISH : NotificationType.WATCH, session));
    session.session().onEnd(end -> ended(session, end));
  }

  private void ended(OpenedSession session, SessionEnd end) {
    NotificationType type =
        session.protocol() == Protocol.WHIP ? NotificationType.UNPUBLISH : NotificationType.END;
    if (session.session().connectedAt().isPresent() && config.events().contains(type)) {
      enqueue(type, SessionJson.ended(session, end));
    }
  }

  private void tell(NotificationType type, OpenedSession session) {
    if (config.events().contains(type)) {
      enqueue(type, SessionJson.described(session));
    }
  }

  private void enqueue(NotificationType type, ObjectNode about) {
    ObjectNode object = about.objectNode();
    object.put("id", RandomHex.of(ID_BYTES, random));
    object.put("event", Words.of(type));
    object.put("time", clock.instant().toString());
    object.setAll(about);
    synchronized (queue) {
      if (queue.size() >= config.maxQueued()) {
        queue.pollFirst(); // If it is under way, it may still be told.
        lose("too many wait");
      }
      queue.addLast(new Waiting(object.toString(), Optional.empty(), FIRST_PAUSE));
    }
    next();
  }

  private void lose(String why) {
    if (lost++ % 100 == 0) {
      LOG.warn("Notifications for {} are lost: {}", config.url().getHost(), why);
    }
  }

  private void next() {
    Waiting told;
    synchronized (queue) {
      Waiting head = queue.peekFirst();
      if (head == null && farewell != null) {
        farewell.complete(null);
      }
      if (busy || head == null) {
        return;
      }
      busy = true;
      told = head.beginning(clock.instant());
      replaceHead(head, told);
    }
    var unused =
        server
            .send(WebhookSignature.post(config.url(), config.secret(), told.body()))
            .whenComplete((answer, failure) -> sent(told, answer, failure));
  }

  private void sent(
      Waiting told, @Nullable HttpResponse<byte[]> answer, @Nullable Throwable failure) {
    boolean taken = answer != null && answer.statusCode() / 100 == 2;
    boolean givenUp =
        !taken && !clock.instant().isBefore(told.since().orElseThrow().plus(config.giveUpAfter()));
    synchronized (queue) {
      replaceHead(told, taken || givenUp ? null : told.later());
      if (givenUp) {
        lose("not taken within " + config.giveUpAfter());
      }
      sayWhetherItFails(taken, answer, failure);
    }
    if (taken || givenUp) {
      goOn();
    } else {
      later(told.pause());
    }
  }

  /** Unless it is not the head any more, since too many wait. */
  private void replaceHead(Waiting head, @Nullable Waiting other) {
    if (queue.peekFirst() == head) {
      queue.pollFirst();
      if (other != null) {
        queue.addFirst(other);
      }
    }
  }

  private void goOn() {
    synchronized (queue) {
      busy = false;
    }
    next();
  }

  /** Once when it begins, and once when it is over. */
  private void sayWhetherItFails(
      boolean taken, @Nullable HttpResponse<byte[]> answer, @Nullable Throwable failure) {
    if (taken == failing) {
      failing = !taken;
      if (taken) {
        LOG.info("{} takes notifications again", config.url().getHost());
      } else {
        LOG.warn(
            "{} does not take notifications; they wait: {}",
            config.url().getHost(),
            answer == null
                ? OtherServer.reason(failure == null ? new TimeoutException() : failure)
                : "status " + answer.statusCode());
      }
    }
  }

  private void later(Duration pause) {
    try {
      var unused = scheduler.schedule(this::goOn, pause.toMillis(), TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      LOG.debug("The server stops");
    }
  }

  /** Waits two seconds at most until the last ones are told; what fails by then is lost. */
  @Override
  public void close() {
    CompletableFuture<Void> told = new CompletableFuture<>();
    synchronized (queue) {
      farewell = told;
      if (queue.isEmpty()) {
        return;
      }
    }
    if (!Waits.within(FAREWELL, told)) {
      synchronized (queue) {
        LOG.warn("{} notifications for {} are lost", queue.size(), config.url().getHost());
      }
    }
  }
}
