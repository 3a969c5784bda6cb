package io.github.jvbwhip.http.composition;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.core.bridge.Availability;
import io.github.jvbwhip.core.session.ManualClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** When the sessions of a bridge that drains are ended. */
class DrainWatchTest {
  private static final Duration TIME = Duration.ofSeconds(30);

  private static final class Sessions implements Plugin {
    final List<String> ended = new ArrayList<>();
    int live = 2;

    @Override
    public List<Mount> mounts() {
      return List.of();
    }

    @Override
    public int liveSessions() {
      return live;
    }

    @Override
    public void endSessions(String detail) {
      ended.add(detail);
    }

    @Override
    public void close() {}
  }

  private final ManualClock clock = new ManualClock();
  private final Sessions sessions = new Sessions();
  private Availability availability = Availability.draining(Optional.empty());

  private DrainWatch watch(Duration time) {
    return new DrainWatch(() -> availability, List.of(sessions), time, clock);
  }

  private void lookFor(DrainWatch watch, Duration time) {
    for (long passed = 0; passed <= time.toSeconds(); passed++) {
      watch.look();
      clock.advance(Duration.ofSeconds(1));
    }
  }

  @Test
  void they_have_their_time() {
    DrainWatch watch = watch(TIME);
    lookFor(watch, TIME.minusSeconds(1));
    assertThat(sessions.ended).isEmpty();
    lookFor(watch, TIME);
    assertThat(sessions.ended).containsExactly("the bridge has drained");
    assertThat(watch.drained()).isNotDone();
    sessions.live = 0;
    watch.look();
    assertThat(watch.drained()).isDone();
  }

  @Test
  void who_leaves_by_itself_is_not_waited_for() {
    DrainWatch watch = watch(TIME);
    watch.look();
    sessions.live = 0;
    watch.look();
    assertThat(watch.drained()).isDone();
    assertThat(sessions.ended).isEmpty();
  }

  @Test
  void a_bridge_that_takes_sessions_again_keeps_those_that_it_has() {
    DrainWatch watch = watch(TIME);
    lookFor(watch, TIME.minusSeconds(5));
    availability = Availability.ACCEPTING;
    lookFor(watch, TIME);
    availability = Availability.draining(Optional.empty());
    lookFor(watch, TIME.minusSeconds(5));
    assertThat(sessions.ended).isEmpty();
    assertThat(watch.drained()).isNotDone();
  }

  @Test
  void without_a_time_nobody_is_ended() {
    DrainWatch watch = watch(Duration.ZERO);
    lookFor(watch, Duration.ofHours(2));
    assertThat(sessions.ended).isEmpty();
  }
}
