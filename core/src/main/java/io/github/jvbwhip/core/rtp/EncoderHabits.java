package io.github.jvbwhip.core.rtp;

/**
 * What an encoder of video does that its viewers suffer from: pictures in another order than they
 * are shown in, keyframes that are far apart. {@link #packet}: one thread; the rest: any, with
 * values that may be a packet old. Allocates nothing.
 */
public final class EncoderHabits {
  /** Between keyframes: more than that is too much. */
  private static final long RARE_NANOS = 10_000_000_000L;

  /** Of time in which nothing comes, so much is no interval between keyframes. */
  private static final long PAUSE_NANOS = 1_000_000_000L;

  /** A keyframe that comes later after a request is no answer to it. */
  private static final long ANSWER_NANOS = 2_000_000_000L;

  /** Steps back in so short a time as to be a habit; a clock that is set makes one. */
  private static final int ENOUGH_STEPS = 3;

  private static final long REMEMBERED_NANOS = 10_000_000_000L;

  /** A second at 90 kHz: no picture waits longer for those that are shown before it. */
  private static final int REORDERED_TICKS = 90_000;

  private boolean started;
  private int number;
  private long timestamp;
  private long lastNanos;
  private volatile int steps;
  private volatile long steppedNanos;
  private volatile boolean any;

  /** The last keyframe, or the end of a pause after it. */
  private volatile long sinceNanos;

  private volatile boolean rare;

  /** The first request since the last keyframe; 0 for none. */
  private volatile long askedNanos;

  private volatile boolean deaf;

  /**
   * A packet has come that is no duplicate; retransmissions may be among them.
   *
   * @param keyframe whether a keyframe begins with it
   */
  public void packet(int packetNumber, long packetTimestamp, boolean keyframe, long nanos) {
    if (!started || nanos - lastNanos > PAUSE_NANOS) {
      sinceNanos = nanos;
      any = true;
    }
    lastNanos = nanos;
    if (!started || SerialNumber.difference16(packetNumber, number) > 0) {
      int ahead = started ? SerialNumber.difference32(packetTimestamp, timestamp) : 0;
      number = packetNumber;
      timestamp = packetTimestamp;
      if (ahead < 0 && ahead > -REORDERED_TICKS) {
        stepBack(nanos);
      }
    }
    started = true;
    if (keyframe) {
      keyframe(nanos);
    }
  }

  private void stepBack(long nanos) {
    steps = nanos - steppedNanos > REMEMBERED_NANOS ? 1 : Math.min(ENOUGH_STEPS, steps + 1);
    steppedNanos = nanos;
  }

  private void keyframe(long nanos) {
    boolean nowRare = nanos - sinceNanos > RARE_NANOS;
    if (rare != nowRare) {
      rare = nowRare;
    }
    sinceNanos = nanos;
    long asked = askedNanos;
    if (asked != 0) {
      deaf = nanos - asked > ANSWER_NANOS;
      askedNanos = 0;
    }
  }

  /** The publisher is asked for a keyframe. Any thread. */
  public void asked(long nanos) {
    if (askedNanos == 0) {
      askedNanos = nanos == 0 ? 1 : nanos;
    }
  }

  /** Whether timestamps go back while sequence numbers go on: B-frames, in practice. */
  public boolean isReordering(long nanos) {
    return steps >= ENOUGH_STEPS && nanos - steppedNanos < REMEMBERED_NANOS;
  }

  /**
   * Whether more than ten seconds lie between its keyframes, or have passed since the last one, and
   * requests do not help. Where nobody has asked, nobody has missed one. To be asked while packets
   * come.
   *
   * @param takesRequests whether it has negotiated requests for keyframes
   */
  public boolean hasRareKeyframes(boolean takesRequests, long nanos) {
    long asked = askedNanos;
    boolean helpless = !takesRequests || deaf || asked != 0 && nanos - asked > ANSWER_NANOS;
    return any && helpless && (rare || nanos - sinceNanos > RARE_NANOS);
  }
}
