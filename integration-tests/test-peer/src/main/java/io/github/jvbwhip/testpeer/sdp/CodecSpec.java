package io.github.jvbwhip.testpeer.sdp;

import io.github.jvbwhip.testpeer.media.Codec;
import java.util.List;

/**
 * One codec of an m-section.
 *
 * @param rtxPayloadType payload type of its retransmissions; -1 for none
 * @param fmtp value of {@code a=fmtp} behind the payload type; empty for none
 * @param feedback values of {@code a=rtcp-fb} behind the payload type
 */
public record CodecSpec(
    Codec codec, int payloadType, int rtxPayloadType, String fmtp, List<String> feedback) {
  private static final List<String> VIDEO_FEEDBACK =
      List.of("goog-remb", "transport-cc", "ccm fir", "nack", "nack pli");

  public CodecSpec {
    feedback = List.copyOf(feedback);
  }

  /** Opus with in-band FEC. */
  public static CodecSpec opus(int payloadType) {
    return new CodecSpec(
        Codec.OPUS, payloadType, -1, "minptime=10;useinbandfec=1", List.of("transport-cc"));
  }

  /** Redundant audio, to be offered together with {@code opus(Codec.OPUS_IN_RED)}. */
  public static CodecSpec red(int payloadType) {
    return new CodecSpec(
        Codec.RED, payloadType, -1, Codec.OPUS_IN_RED + "/" + Codec.OPUS_IN_RED, List.of());
  }

  /** G.711, with its static payload type (RFC 3551 section 6). */
  public static CodecSpec pcm(Codec codec) {
    return new CodecSpec(codec, codec == Codec.PCMU ? 0 : 8, -1, "", List.of());
  }

  /** A video codec with everything that a browser asks for; its RTX follows by number. */
  public static CodecSpec video(Codec codec, int payloadType) {
    String fmtp =
        switch (codec) {
          case H264 -> "level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=42e01f";
          case VP9 -> "profile-id=0";
          case H265 -> "level-id=93;profile-id=1;tier-flag=0;tx-mode=SRST";
          case AV1 -> "level-idx=5;profile=0;tier=0";
          default -> "";
        };
    return new CodecSpec(codec, payloadType, payloadType + 1, fmtp, VIDEO_FEEDBACK);
  }

  /** The same without RTX. */
  public CodecSpec withoutRtx() {
    return new CodecSpec(codec, payloadType, -1, fmtp, feedback);
  }

  /** The same with other format parameters. */
  public CodecSpec withFmtp(String other) {
    return new CodecSpec(codec, payloadType, rtxPayloadType, other, feedback);
  }

  /** The same with other feedback messages. */
  public CodecSpec withFeedback(String... other) {
    return new CodecSpec(codec, payloadType, rtxPayloadType, fmtp, List.of(other));
  }
}
