package io.github.jvbwhip.jvb.media;

import io.github.jvbwhip.core.rtp.RtpHeader;
import io.github.jvbwhip.core.rtp.SerialNumber;
import org.jspecify.annotations.Nullable;

/**
 * What a player's stream gets of what was kept of its sources: one at a time is sent, and another
 * one may be on its way. {@link #put}, {@link #has}, {@link #stop} and {@link #isGivenUp}: any
 * thread; the rest: the endpoint's sending thread.
 */
final class Feedings {
  /** A minute of video; a packet that only happens to have the next number is further off. */
  private static final int NEAR_TICKS = 60 * 90_000;

  private volatile @Nullable Feeding last;
  private volatile @Nullable Feeding sent;
  private boolean catchingUp;
  private int sequenceNumber;
  private long timestamp;

  /** Something that was kept of a source is on its way. */
  Feeding put(Feed source) {
    Feeding next = new Feeding(source);
    last = next;
    return next;
  }

  /** Whether there is more to come of that source. */
  boolean has(Feed source) {
    Feeding newest = last;
    return newest != null && !newest.isOver() && newest.feed().ssrc() == source.ssrc();
  }

  /** No more is sent of that source. */
  void stop(String sourceName) {
    stop(last, sourceName);
    stop(sent, sourceName);
  }

  private static void stop(@Nullable Feeding each, String sourceName) {
    if (each != null && each.feed().sourceName().equals(sourceName)) {
      each.end();
    }
  }

  /** Whether there is no more of what was sent, and the bridge's own stream has not gone on. */
  boolean isGivenUp() {
    Feeding now = sent;
    return now != null && now.isOver();
  }

  /** Whether it can begin: it was not stopped, and no other one is on its way. */
  boolean isNext(Feeding of) {
    return of == last && !of.isOver();
  }

  /** Whether that is sent, in the place of what the bridge projects of its source. */
  boolean isSent(Feeding of) {
    return of == sent;
  }

  /** Whether anything is. */
  boolean isOn() {
    return sent != null;
  }

  /** That is sent from now on. */
  void begin(Feeding of) {
    sent = of;
    catchingUp = true;
  }

  /** A packet of it was sent. */
  void sent(byte[] b, int off, boolean first) {
    int number = RtpHeader.sequenceNumber(b, off);
    if (first || SerialNumber.difference16(number, sequenceNumber) > 0) {
      sequenceNumber = number;
      timestamp = RtpHeader.timestamp(b, off);
    }
  }

  /** All that was kept is sent, and what comes in now. */
  void caughtUp() {
    catchingUp = false;
  }

  /** Whether a packet of the bridge's own stream is the next one, with nothing to catch up with. */
  boolean isFollowedBy(byte[] b, int off) {
    int ticks = SerialNumber.difference32(RtpHeader.timestamp(b, off), timestamp);
    return !catchingUp
        && RtpHeader.sequenceNumber(b, off) == (sequenceNumber + 1 & 0xFFFF)
        && Math.abs(ticks) < NEAR_TICKS;
  }

  /** The bridge's own stream goes on, of whatever source. */
  void end() {
    Feeding before = sent;
    sent = null;
    if (before != null) {
      before.end();
    }
  }
}
