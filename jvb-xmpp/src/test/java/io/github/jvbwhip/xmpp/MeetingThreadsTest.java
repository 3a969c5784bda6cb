package io.github.jvbwhip.xmpp;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class MeetingThreadsTest {
  private static final Duration LATER = Duration.ofHours(1);

  @Test
  void when_closed_what_is_to_be_done_later_is_done_at_once_or_not_at_all() {
    AtomicInteger done = new AtomicInteger();
    MeetingThreads threads = new MeetingThreads();
    var unused = threads.later(LATER, done::incrementAndGet);
    threads.laterUnlessClosed(LATER, done::incrementAndGet);
    threads.close();
    assertThat(done).hasValue(0);
    threads.laterUnlessClosed(LATER, done::incrementAndGet);
    assertThat(done).hasValue(0);
    unused = threads.later(LATER, done::incrementAndGet);
    assertThat(done).hasValue(1);
  }
}
