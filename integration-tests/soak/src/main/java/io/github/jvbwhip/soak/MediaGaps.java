package io.github.jvbwhip.soak;

import io.github.jvbwhip.testpeer.transport.DatagramFilter;
import io.github.jvbwhip.testpeer.transport.Datagrams;
import java.time.Duration;
import java.util.function.LongSupplier;

/** Looks at what a player gets, and lets it pass: how long it was without. Thread-safe. */
final class MediaGaps implements DatagramFilter {
  /** The payload type of audio in offers of test peers; video and repairs have others. */
  private static final int AUDIO = 111;

  private final LongSupplier clock;
  private final Gap audio = new Gap();
  private final Gap video = new Gap();

  /** How long one kind did not come. Guarded by the lock of what it is in. */
  private static final class Gap {
    private boolean came;
    private long last;
    private long longest;

    void comes(long now) {
      longest = Math.max(longest, now - last);
      last = now;
      came = true;
    }

    void begin(long now) {
      last = now;
      longest = 0;
    }

    long longest(long now) {
      return Math.max(longest, now - last);
    }
  }

  /**
   * @param clock tells nanoseconds
   */
  MediaGaps(LongSupplier clock) {
    this.clock = clock;
    begin();
  }

  @Override
  public synchronized boolean passes(byte[] data) {
    if (Datagrams.kindOf(data) == Datagrams.Kind.RTP) {
      Gap gap = (data[1] & 0x7f) == AUDIO ? audio : video;
      gap.comes(clock.getAsLong());
    }
    return true;
  }

  /** Whether both kinds have come. */
  synchronized boolean hasBoth() {
    return audio.came && video.came;
  }

  /** Forgets what was before. */
  synchronized void begin() {
    long now = clock.getAsLong();
    audio.begin(now);
    video.begin(now);
  }

  /** The longest time without one of them since then. */
  synchronized Duration longest() {
    long now = clock.getAsLong();
    return Duration.ofNanos(Math.max(audio.longest(now), video.longest(now)));
  }
}
