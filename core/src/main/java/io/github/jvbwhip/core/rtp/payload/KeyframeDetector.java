package io.github.jvbwhip.core.rtp.payload;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Finds the packets at which a receiver can start to decode. Chosen once per codec, stateless, and
 * safe for arbitrary bytes. The payload is that of {@code RtpHeader}: without header, extension and
 * padding.
 */
public interface KeyframeDetector {
  /**
   * Whether the payload at {@code [at, at + length)} is the first of a keyframe. Allocates nothing.
   */
  boolean isKeyframe(byte[] b, int at, int length);

  /**
   * The size of the picture where this payload tells it, or null. Allocates: for keyframes only.
   */
  @Nullable VideoSize size(byte[] b, int at, int length);

  /**
   * The detector for an encoding name of an rtpmap (in any case). For audio, and for a codec that
   * is not known, every packet counts as a keyframe: there is nothing to wait for.
   */
  static KeyframeDetector forEncodingName(String name) {
    return switch (name.toUpperCase(Locale.ROOT)) {
      case "VP8" -> new Vp8Keyframes();
      case "VP9" -> new Vp9Keyframes();
      case "H264" -> new H264Keyframes();
      case "H265" -> new H265Keyframes();
      case "AV1" -> new Av1Keyframes();
      default -> new EveryPacket();
    };
  }
}
