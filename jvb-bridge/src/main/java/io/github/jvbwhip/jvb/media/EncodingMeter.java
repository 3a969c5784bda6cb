package io.github.jvbwhip.jvb.media;

import io.github.jvbwhip.core.bridge.Codec;
import io.github.jvbwhip.core.bridge.MediaNotice;
import io.github.jvbwhip.core.codec.CodecType;
import io.github.jvbwhip.core.codec.PayloadForm;
import io.github.jvbwhip.core.rtp.EncoderHabits;
import io.github.jvbwhip.core.rtp.RtpHeader;
import io.github.jvbwhip.core.rtp.payload.KeyframeDetector;
import io.github.jvbwhip.core.rtp.payload.VideoSize;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Measures what comes in on one SSRC. {@link #packet}: the endpoint's receiving thread; the rest:
 * one other thread, which sees values that may be a packet old.
 */
public final class EncodingMeter {
  private static final long ACTIVE_NANOS = 2_000_000_000L;

  /**
   * What was announced by a packet comes within this time, or it was no packet of the publisher.
   */
  private static final long EXPECTED_NANOS = 1_000_000_000L;

  private final int place;
  private final boolean smallest;
  private final long madeNanos;

  private volatile long bytes;
  private volatile long lastNanos;
  private volatile boolean seen;
  private volatile @Nullable VideoSize size;
  private volatile @Nullable Codec codec;
  private final EncoderHabits habits = new EncoderHabits();
  private volatile @Nullable IncomingStream stream;
  private long sampledBytes;
  private long sampledNanos;
  private long bitrate;

  /**
   * @param place {@link LearntEncoding#place} of what it measures
   * @param smallest whether that is the smallest encoding of its source
   */
  public EncodingMeter(int place, boolean smallest, long nowNanos) {
    this.place = place;
    this.smallest = smallest;
    madeNanos = nowNanos;
  }

  /** Which encoding of its publisher it measures. */
  public int place() {
    return place;
  }

  /** Whether it measures the smallest encoding of its source, whose SSRC is the source's. */
  public boolean isSmallest() {
    return smallest;
  }

  /**
   * Counts a packet, notes what the encoder does, and reads the picture's size where a keyframe
   * begins.
   *
   * @param off where the packet begins, with a valid header
   * @return whether a keyframe begins with it
   */
  @SuppressWarnings("NonAtomicVolatileUpdate") // One thread writes.
  public boolean packet(
      byte[] b,
      int off,
      int payload,
      int payloadLength,
      @Nullable KeyframeDetector detector,
      long nanos) {
    bytes += payloadLength;
    lastNanos = nanos;
    seen = true;
    if (detector == null) {
      return false;
    }
    boolean keyframe = detector.isKeyframe(b, payload, payloadLength);
    habits.packet(RtpHeader.sequenceNumber(b, off), RtpHeader.timestamp(b, off), keyframe, nanos);
    if (!keyframe) {
      return false;
    }
    VideoSize newSize = detector.size(b, payload, payloadLength);
    if (newSize != null && !newSize.equals(size)) {
      size = newSize;
    }
    return true;
  }

  /** The next packets are of that codec. */
  public void sends(@Nullable Codec next) {
    if (codec != next) {
      codec = next;
    }
  }

  /** Its keyframes are completed there. */
  void completedBy(IncomingStream completing) {
    stream = completing;
  }

  /** The publisher is asked for a keyframe of it. Any thread. */
  public void asked(long nanos) {
    habits.asked(nanos);
  }

  /**
   * Adds what is amiss with a video. Any thread.
   *
   * @param takesRequests whether the publisher has negotiated requests for keyframes
   */
  public void notice(boolean takesRequests, Set<MediaNotice> to, long nanos) {
    if (!isActive(nanos)) {
      return;
    }
    IncomingStream completing = stream;
    if (completing != null && completing.lacksParameterSets()) {
      to.add(MediaNotice.NO_PARAMETER_SETS);
    } else if (habits.hasRareKeyframes(takesRequests, nanos)) {
      to.add(MediaNotice.RARE_KEYFRAMES);
    }
    Codec sent = codec;
    if (sent != null
        && CodecType.of(sent).payload() == PayloadForm.PARAMETER_SETS
        && habits.isReordering(nanos)) {
      to.add(MediaNotice.B_FRAMES);
    }
  }

  /** The codec of the last packet, once one came. */
  public @Nullable Codec codec() {
    return codec;
  }

  /** Whether packets came in during the last two seconds. */
  public boolean isActive(long nanos) {
    return seen && nanos - lastNanos < ACTIVE_NANOS;
  }

  /** Whether packets come in, or are to come in soon for the first time. */
  public boolean isDue(long nanos) {
    return isActive(nanos) || !seen && nanos - madeNanos < EXPECTED_NANOS;
  }

  /** Whether nothing has come in for two seconds. */
  public boolean isSilent(long nanos) {
    return !isActive(nanos) && nanos - madeNanos > ACTIVE_NANOS;
  }

  /** Whether packets have ever come in. */
  public boolean isSeen() {
    return seen;
  }

  /** Bits per second since the sample before; 0 when nothing came. */
  public long sample(long nanos) {
    long elapsed = nanos - sampledNanos;
    long now = bytes;
    if (sampledNanos != 0 && elapsed > 0) {
      bitrate = (long) ((now - sampledBytes) * 8e9 / elapsed);
    }
    sampledBytes = now;
    sampledNanos = nanos;
    return bitrate;
  }

  /** The last sample. */
  public long bitrate() {
    return bitrate;
  }

  /** The picture's size, once a keyframe told it. */
  public @Nullable VideoSize size() {
    return size;
  }
}
