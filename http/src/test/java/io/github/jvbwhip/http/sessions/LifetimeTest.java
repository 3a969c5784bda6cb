package io.github.jvbwhip.http.sessions;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.core.bridge.ClientNetwork;
import io.github.jvbwhip.core.bridge.FakeEgress;
import io.github.jvbwhip.core.bridge.RoomName;
import io.github.jvbwhip.core.session.ManualClock;
import io.github.jvbwhip.core.session.Session;
import io.github.jvbwhip.core.session.SessionEnd;
import io.github.jvbwhip.core.session.SessionEndReason;
import io.github.jvbwhip.core.session.SessionLimits;
import io.github.jvbwhip.core.session.SessionOrigin;
import io.github.jvbwhip.core.session.SessionOwner;
import io.github.jvbwhip.core.session.SessionRegistry;
import io.github.jvbwhip.core.threads.TestThreads;
import io.github.jvbwhip.http.runtime.PostListener;
import io.github.jvbwhip.http.runtime.ServerRuntime;
import io.github.jvbwhip.http.runtime.SessionListener;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LifetimeTest {
  private static final class Plain extends Session<FakeEgress> {
    Plain(SessionOrigin origin) {
      super(origin);
    }
  }

  private final ManualClock clock = new ManualClock();
  private Runnable ending = () -> {};
  private Duration delay = Duration.ZERO;

  /** Nothing runs by itself. */
  private final ScheduledThreadPoolExecutor scheduler =
      new ScheduledThreadPoolExecutor(1, TestThreads.daemons()) {
        @Override
        public ScheduledFuture<?> schedule(Runnable command, long time, TimeUnit unit) {
          ending = command;
          delay = Duration.of(time, unit.toChronoUnit());
          return super.schedule(command, 1, TimeUnit.DAYS);
        }
      };

  private final Session<FakeEgress> session;

  LifetimeTest() throws Exception {
    session =
        new SessionRegistry<Session<FakeEgress>>(
                new SessionLimits(9, 9, 0, 0, Duration.ofMinutes(1), 9),
                clock,
                new SecureRandom(),
                Runnable::run)
            .create(
                new RoomName("room"),
                Optional.empty(),
                new SessionOwner("x", OptionalInt.empty(), new ClientNetwork("192.0.2.1")),
                Plain::new);
  }

  @AfterEach
  void stop() {
    scheduler.shutdownNow();
  }

  private void begin(int longest, int allowed) {
    ServerRuntime runtime =
        new ServerRuntime(
            clock,
            new SecureRandom(),
            Runnable::run,
            scheduler,
            PostListener.NONE,
            SessionListener.NONE);
    new Lifetime(Duration.ofSeconds(longest), runtime)
        .end(
            session,
            allowed == 0 ? Optional.empty() : Optional.of(clock.instant().plusSeconds(allowed)));
  }

  @ParameterizedTest
  @CsvSource({
    "20, 0, 20, LONGEST_REACHED",
    "20, 30, 20, LONGEST_REACHED",
    "20, 10, 10, TIME_OVER",
    "0, 10, 10, TIME_OVER"
  })
  void the_earlier_one_of_both_ends_counts(
      int longest, int allowed, int seconds, SessionEndReason reason) {
    begin(longest, allowed);
    assertThat(delay).isEqualTo(Duration.ofSeconds(seconds));
    assertThat(session.end()).isEmpty();
    ending.run();
    assertThat(session.end()).map(SessionEnd::reason).contains(reason);
    assertThat(reason.sentence().contains("let in"))
        .isEqualTo(reason == SessionEndReason.TIME_OVER);
  }

  @Test
  void without_either_it_lasts_for_ever() {
    begin(0, 0);
    assertThat(scheduler.getQueue()).isEmpty();
  }

  @Test
  void nothing_is_kept_of_a_session_that_has_ended() {
    begin(20, 0);
    session.end(SessionEndReason.DELETED, "x");
    scheduler.purge();
    assertThat(scheduler.getQueue()).isEmpty();
  }
}
