package io.github.jvbwhip.jvb;

import io.github.jvbwhip.core.bridge.Feedback;
import io.github.jvbwhip.core.bridge.HeaderExtensionType;
import io.github.jvbwhip.core.bridge.MediaCapabilities;
import io.github.jvbwhip.core.codec.CodecType;
import java.util.EnumSet;

/** What a Jitsi Videobridge can be offered, with the plugin on it. */
final class JvbCapabilities {
  static final MediaCapabilities USUAL =
      new MediaCapabilities(
          CodecType.names(CodecType.OPUS, CodecType.MULTIOPUS, CodecType.PCMU, CodecType.PCMA),
          CodecType.names(
              CodecType.AV1, CodecType.VP9, CodecType.VP8, CodecType.H264, CodecType.H265),
          true,
          EnumSet.allOf(Feedback.class),
          EnumSet.allOf(Feedback.class),
          // Not how to turn the picture: players that do not take that would see it sideways.
          EnumSet.complementOf(
              EnumSet.of(
                  HeaderExtensionType.VIDEO_LAYERS_ALLOCATION,
                  HeaderExtensionType.VIDEO_ORIENTATION)),
          // The bridge writes no MID; with it negotiated, clients drop packets of SSRCs that they
          // were not told, such as those by which the bridge probes for bandwidth.
          EnumSet.of(
              HeaderExtensionType.MID,
              HeaderExtensionType.AUDIO_LEVEL,
              HeaderExtensionType.ABS_SEND_TIME,
              HeaderExtensionType.TRANSPORT_CC,
              HeaderExtensionType.VIDEO_ORIENTATION,
              HeaderExtensionType.DEPENDENCY_DESCRIPTOR),
          true,
          // As a DTLS server the bridge takes ECDSA certificates only, and GStreamer has RSA ones.
          true);

  /** Publishers of meetings may send RED; the bridge unpacks it for those who do not take it. */
  static final MediaCapabilities OF_MEETINGS =
      USUAL.withAudioCodecs(
          CodecType.names(
              CodecType.OPUS, CodecType.MULTIOPUS, CodecType.RED, CodecType.PCMU, CodecType.PCMA));

  private JvbCapabilities() {}
}
