package io.github.jvbwhip.jvb.media;

import io.github.jvbwhip.core.rtp.RtpHeader;
import org.jspecify.annotations.Nullable;

/**
 * A source that the bridge forwards no longer, and the end of that, which only its packets tell.
 * {@link #begin}: any thread; the rest: the endpoint's sending thread.
 */
final class Pause {
  /** A pause that left nothing out is forgotten after this. */
  private static final long FORGET_NANOS = 2_000_000_000L;

  private volatile @Nullable String source;
  private volatile long beganNanos;
  private int lastSequence;

  void begin(String sourceName, long nowNanos) {
    beganNanos = nowNanos;
    source = sourceName;
  }

  /** A packet of that incoming number was forwarded. */
  void forwarded(int sequenceNumber) {
    lastSequence = sequenceNumber;
  }

  /** Whether this is the first packet of its source after a pause in which others were left out. */
  boolean isOver(Feed feed, byte[] b, int off, long nowNanos) {
    String paused = source;
    if (paused == null
        || feed.ssrc() != RtpHeader.ssrc(b, off)
        || !feed.sourceName().equals(paused)
        || !feed.takes(RtpHeader.payloadType(b, off))) {
      return false;
    }
    boolean next = (short) (RtpHeader.sequenceNumber(b, off) - lastSequence) <= 1;
    if (!next || nowNanos - beganNanos > FORGET_NANOS) {
      source = null;
    }
    return !next;
  }
}
