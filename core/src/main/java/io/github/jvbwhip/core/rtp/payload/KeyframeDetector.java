package io.github.jvbwhip.core.rtp.payload;

import org.jspecify.annotations.Nullable;

/**
 * Finds the packets at which a receiver can start to decode. Chosen once per codec, stateless, and
 * safe for arbitrary bytes. The payload is that of {@code RtpHeader}: without header, extension and
 * padding.
 */
public interface KeyframeDetector {
  /** For audio, and for a codec that is not known: there is nothing to wait for. */
  KeyframeDetector EVERY_PACKET = new EveryPacket();

  KeyframeDetector VP8 = new Vp8Keyframes();
  KeyframeDetector VP9 = new Vp9Keyframes();
  KeyframeDetector H264 = new NalKeyframes(NalFormat.H264);
  KeyframeDetector H265 = new NalKeyframes(NalFormat.H265);
  KeyframeDetector AV1 = new Av1Keyframes();

  /**
   * Whether the payload at {@code [at, at + length)} is the first of a keyframe. Allocates nothing.
   */
  boolean isKeyframe(byte[] b, int at, int length);

  /**
   * The size of the picture where this payload tells it, or null. Allocates: for keyframes only.
   */
  @Nullable VideoSize size(byte[] b, int at, int length);
}
