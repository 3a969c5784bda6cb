package io.github.jvbwhip.whip;

import static io.github.jvbwhip.whip.Responses.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.core.bridge.EndReason;
import io.github.jvbwhip.core.bridge.IngestEndpoint;
import io.github.jvbwhip.core.session.Session;
import io.github.jvbwhip.core.session.SessionEnd;
import io.github.jvbwhip.core.session.SessionEndReason;
import io.github.jvbwhip.core.session.SessionState;
import io.github.jvbwhip.core.threads.TestThreads;
import io.github.jvbwhip.http.problems.ProblemType;
import io.github.jvbwhip.whip.WhipServer.Published;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Ends without DELETE (RFC 9725 §4.2, RFC 7675). */
class EndsTest {
  private final WhipServer whip;

  EndsTest() throws Exception {
    whip = new WhipServer("");
  }

  @AfterEach
  void stop() throws Exception {
    whip.close();
  }

  private CompletableFuture<SessionEnd> end() {
    CompletableFuture<SessionEnd> end = new CompletableFuture<>();
    session().onEnd(end::complete);
    return end;
  }

  private Session<IngestEndpoint> session() {
    return whip.plugin().sessions().sessions().get(0);
  }

  @ParameterizedTest
  @EnumSource(EndReason.class)
  void the_resource_goes_with_its_endpoint_and_says_why(EndReason reason) throws Exception {
    Published session = whip.publish();
    CompletableFuture<SessionEnd> end = end();

    whip.ingest().end(reason, "for the log only");

    assertThat(end.get(10, TimeUnit.SECONDS).detail()).isEqualTo("for the log only");
    String detail =
        assertProblem(whip.http().send("GET", session.location(), ""), ProblemType.SESSION_ENDED);
    assertThat(detail)
        .startsWith(SessionEndReason.of(reason).sentence())
        .doesNotContain("for the log only");
  }

  @Test
  void a_client_that_closes_dtls_before_its_delete_gets_200() throws Exception {
    Published session = whip.publish();
    CompletableFuture<SessionEnd> end = end();
    whip.ingest().end(EndReason.DTLS_CLOSED, "x");
    end.get(10, TimeUnit.SECONDS);

    assertThat(whip.delete(session.location()).statusCode()).isEqualTo(200);
  }

  @Test
  void an_end_makes_room_for_the_next_publisher() throws Exception {
    whip.publish();
    CompletableFuture<SessionEnd> end = end();
    whip.ingest().end(EndReason.CONSENT_LOST, "x");
    end.get(10, TimeUnit.SECONDS);

    assertThat(whip.publish().response().statusCode()).isEqualTo(201);
    assertThat(whip.plugin().sessions().size()).isEqualTo(1);
  }

  @Test
  void the_plugin_ends_its_sessions_when_it_is_closed() throws Exception {
    Published session = whip.publish();
    CompletableFuture<SessionEnd> end = end();
    whip.plugin().close();

    assertThat(end.get(10, TimeUnit.SECONDS).reason()).isEqualTo(SessionEndReason.SHUTDOWN);
    assertThat(whip.delete(session.location()).statusCode()).isEqualTo(200);
    assertProblem(whip.post("/whip/room", Samples.rfcOffer()), ProblemType.DRAINING);
  }

  @Test
  void a_connected_publisher_that_sends_nothing_is_ended_in_time() throws Exception {
    whip.publish();
    CompletableFuture<SessionEnd> end = end();
    MediaWatch watch =
        new MediaWatch(whip.plugin().sessions(), Duration.ofSeconds(30), whip.clock());
    watch.look();
    whip.clock().advance(Duration.ofHours(1));
    watch.look();
    assertThat(end).as("only connected publishers are looked at").isNotDone();

    connect();
    watch.look();
    whip.clock().advance(Duration.ofMillis(29_999));
    watch.look();
    assertThat(end).isNotDone();
    whip.clock().advance(Duration.ofMillis(1));
    watch.look();
    assertThat(end.get(10, TimeUnit.SECONDS).reason()).isEqualTo(SessionEndReason.MEDIA_TIMEOUT);
  }

  @Test
  void a_publisher_that_sends_now_and_then_stays() throws Exception {
    whip.publish();
    connect();
    MediaWatch watch =
        new MediaWatch(whip.plugin().sessions(), Duration.ofSeconds(30), whip.clock());
    for (int i = 1; i <= 5; i++) {
      whip.ingest().setPacketsReceived(i);
      watch.look();
      whip.clock().advance(Duration.ofSeconds(29));
      watch.look();
    }
    assertThat(session().state()).isEqualTo(SessionState.CONNECTED);
  }

  /** Its last packet comes right after a look, and each look is a little late. */
  @Test
  void a_publisher_that_crashes_is_ended_five_seconds_late_at_most() throws Exception {
    whip.publish();
    CompletableFuture<SessionEnd> end = end();
    connect();
    Duration timeout = Duration.ofSeconds(30);
    AtomicReference<Duration> period = new AtomicReference<>();
    try (MediaWatch watch = new MediaWatch(whip.plugin().sessions(), timeout, whip.clock())) {
      ScheduledThreadPoolExecutor scheduler =
          new ScheduledThreadPoolExecutor(1) {
            @Override
            public ScheduledFuture<?> scheduleWithFixedDelay(
                Runnable command, long initialDelay, long delay, TimeUnit unit) {
              period.set(Duration.of(delay, unit.toChronoUnit()));
              return schedule(command, 1, TimeUnit.DAYS);
            }
          };
      watch.start(scheduler);
      scheduler.shutdownNow();
      watch.look();
      whip.ingest().setPacketsReceived(1);
      Instant latest = whip.clock().instant().plus(timeout).plusSeconds(5);
      Duration between = period.get().plusMillis(100);
      while (!whip.clock().instant().plus(between).isAfter(latest)) {
        whip.clock().advance(between);
        watch.look();
      }
    }
    assertThat(end.get(10, TimeUnit.SECONDS).reason()).isEqualTo(SessionEndReason.MEDIA_TIMEOUT);
  }

  /** Connects the peer, and waits until the session's executor has heard of it. */
  private void connect() throws Exception {
    whip.ingest().connectPeer();
    session().submit(() -> true).get(10, TimeUnit.SECONDS);
    assertThat(session().state()).isEqualTo(SessionState.CONNECTED);
  }

  @Test
  void the_watch_goes_on_after_an_error() throws Exception {
    whip.publish();
    CompletableFuture<SessionEnd> end = end();
    connect();
    AtomicInteger faults = new AtomicInteger(1);
    Clock broken =
        new Clock() {
          @Override
          public Instant instant() {
            if (faults.getAndDecrement() > 0) {
              throw new NoClassDefFoundError("once");
            }
            whip.clock().advance(Duration.ofMinutes(1));
            return whip.clock().instant();
          }

          @Override
          public ZoneId getZone() {
            return ZoneOffset.UTC;
          }

          @Override
          public Clock withZone(ZoneId zone) {
            return this;
          }
        };
    ScheduledExecutorService scheduler =
        Executors.newSingleThreadScheduledExecutor(TestThreads.daemons());
    try (MediaWatch watch =
        new MediaWatch(whip.plugin().sessions(), Duration.ofMillis(400), broken)) {
      watch.start(scheduler);
      assertThat(end.get(10, TimeUnit.SECONDS).reason()).isEqualTo(SessionEndReason.MEDIA_TIMEOUT);
    } finally {
      scheduler.shutdownNow();
    }
  }

  @Test
  void the_watch_runs_by_itself() throws Exception {
    try (WhipServer own = new WhipServer("media-timeout = 200 ms")) {
      own.publish();
      Session<IngestEndpoint> session = own.plugin().sessions().sessions().get(0);
      CompletableFuture<SessionEnd> end = new CompletableFuture<>();
      session.onEnd(end::complete);
      own.ingest().connectPeer();
      long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
      while (!end.isDone() && System.nanoTime() < deadline) {
        own.clock().advance(Duration.ofMillis(200));
        try {
          end.get(50, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
          continue;
        }
      }
      assertThat(end.get().reason()).isEqualTo(SessionEndReason.MEDIA_TIMEOUT);
    }
  }
}
