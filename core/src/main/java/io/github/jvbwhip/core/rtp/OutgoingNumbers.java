package io.github.jvbwhip.core.rtp;

import io.github.jvbwhip.core.rtp.payload.PayloadRewriter;
import io.github.jvbwhip.core.rtp.payload.Vp8PictureIds;
import java.util.random.RandomGenerator;

/**
 * The numbers of one outgoing stream that is fed by one source after another: its SSRC, and
 * sequence numbers, timestamps and VP8 picture ids that are continuous over switches and over what
 * is left out. They begin at random (RFC 3550 §5.1). Not thread-safe.
 */
public final class OutgoingNumbers {
  /** The result of {@link #forward} for a packet that must not go out. */
  public static final int DROP = -1;

  private final long ssrc;
  private final ContinuousNumberMap sequence;
  private final TimestampMap timestamps;
  private final Vp8PictureIds pictureIds;

  /**
   * @param history how many packets are remembered, a power of two: a late one finds its number for
   *     that long
   */
  public OutgoingNumbers(long ssrc, int history, RandomGenerator random) {
    this.ssrc = ssrc;
    // The upper half would wrap soon: some receivers' first index estimate is then wrong (RFC 3711
    // §3.3.1). One cycle up, so that DROP never stands for a number.
    sequence = new ContinuousNumberMap(0x10000L + random.nextInt(0x8000), history);
    timestamps = new TimestampMap(random.nextLong(0x1_0000_0000L));
    pictureIds = new Vp8PictureIds(random.nextInt(0x8000));
  }

  public long ssrc() {
    return ssrc;
  }

  /**
   * Goes over to another source, whose first packet, a keyframe's first, is sent now. Its payload
   * goes to {@link PayloadRewriter#switchTo}.
   *
   * @param clockRate of its timestamps, in Hz
   */
  public void switchTo(int sequenceNumber, long timestamp, int clockRate, long nowNanos) {
    sequence.switchTo(sequenceNumber, 16);
    timestamps.switchTo(timestamp, clockRate, nowNanos);
  }

  /**
   * The source just gone over to begins with what was kept of it, with the packet of that
   * timestamp: its timestamps are squeezed until {@link #release}.
   */
  public void squeeze(long timestamp, long nowNanos) {
    timestamps.squeeze(timestamp, nowNanos);
  }

  /** What was kept is sent. */
  public void release() {
    timestamps.release();
  }

  /** Whether a packet of the current source can go out: {@link #forward} has a number for it. */
  public boolean has(int sequenceNumber) {
    return sequence.has(sequenceNumber);
  }

  /**
   * The outgoing sequence number of a packet of the current source, which is sent; or {@link #DROP}
   * for one from before the switch, one that was left out, or one that is older than the history.
   */
  public int forward(int sequenceNumber) {
    long outgoing = sequence.forward(sequenceNumber);
    return outgoing == ContinuousNumberMap.NONE ? DROP : (int) outgoing & 0xFFFF;
  }

  /** The outgoing timestamp of a packet of the current source that is sent now. */
  public long forwardTimestamp(long timestamp, int clockRate, long nowNanos) {
    return timestamps.forward(timestamp, clockRate, nowNanos);
  }

  /**
   * Leaves a packet of the current source out, without a gap.
   *
   * @return false when it came too late: a newer packet has gone out, and the gap stays
   */
  public boolean leaveOut(int sequenceNumber) {
    return sequence.drop(sequenceNumber);
  }

  /** The outgoing timestamps, for one that is talked about (in a sender report, say). */
  public TimestampMap timestamps() {
    return timestamps;
  }

  /** The outgoing picture ids, for codecs that have such. */
  public PayloadRewriter pictureIds() {
    return pictureIds;
  }
}
