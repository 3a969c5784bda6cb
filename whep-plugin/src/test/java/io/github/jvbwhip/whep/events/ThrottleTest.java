package io.github.jvbwhip.whep.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** WHEP events document, "viewercount event": "to avoid overloading". */
class ThrottleTest {
  private static final Duration INTERVAL = Duration.ofSeconds(2);

  private final TestLoop loop = new TestLoop();
  private int runs;
  private final Throttle throttle = new Throttle(loop, INTERVAL, () -> runs++);

  @AfterEach
  void close() {
    loop.close();
  }

  @Test
  void the_first_request_runs_at_once() {
    throttle.request();
    assertThat(runs).isEqualTo(1);
  }

  @Test
  void many_requests_run_once_when_the_interval_is_over() {
    throttle.request();
    for (int i = 0; i < 100; i++) {
      throttle.request();
    }
    loop.advance(INTERVAL.minusNanos(1));
    assertThat(runs).isEqualTo(1);
    loop.advance(Duration.ofNanos(1));
    assertThat(runs).isEqualTo(2);
    loop.advance(INTERVAL.multipliedBy(10));
    assertThat(runs).isEqualTo(2);
  }

  @Test
  void a_request_after_the_interval_runs_at_once() {
    throttle.request();
    loop.advance(INTERVAL);
    throttle.request();
    assertThat(runs).isEqualTo(2);
  }

  @Test
  void running_now_takes_the_place_of_the_one_that_waits() {
    throttle.request();
    throttle.request();
    throttle.runNow();
    assertThat(runs).isEqualTo(2);
    loop.advance(INTERVAL);
    assertThat(runs).isEqualTo(2);
  }
}
