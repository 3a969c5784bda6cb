package io.github.jvbwhip.embedded;

import io.github.jvbwhip.core.bridge.Feedback;
import io.github.jvbwhip.core.bridge.HeaderExtensionType;
import io.github.jvbwhip.core.bridge.MediaCapabilities;
import io.github.jvbwhip.core.codec.CodecType;
import java.util.EnumSet;

/** What the embedded bridge takes and forwards: it decodes nothing, so that codecs cost little. */
final class Capabilities {
  static final MediaCapabilities ALL =
      new MediaCapabilities(
          CodecType.names(
              CodecType.OPUS, CodecType.MULTIOPUS, CodecType.RED, CodecType.PCMU, CodecType.PCMA),
          CodecType.names(
              CodecType.VP8, CodecType.H264, CodecType.VP9, CodecType.AV1, CodecType.H265),
          true,
          EnumSet.allOf(Feedback.class),
          // No transport-wide feedback from players: with the absolute send time and REMB a
          // browser estimates the link itself, which is all that the choice of layers needs.
          EnumSet.of(Feedback.NACK, Feedback.NACK_PLI, Feedback.CCM_FIR, Feedback.GOOG_REMB),
          EnumSet.of(
              HeaderExtensionType.MID,
              HeaderExtensionType.RID,
              HeaderExtensionType.REPAIRED_RID,
              HeaderExtensionType.AUDIO_LEVEL,
              HeaderExtensionType.TRANSPORT_CC,
              // Not how to turn the picture: players that do not take that would see it sideways.
              HeaderExtensionType.DEPENDENCY_DESCRIPTOR,
              HeaderExtensionType.VIDEO_LAYERS_ALLOCATION),
          EnumSet.of(
              HeaderExtensionType.MID,
              HeaderExtensionType.AUDIO_LEVEL,
              HeaderExtensionType.ABS_SEND_TIME,
              HeaderExtensionType.DEPENDENCY_DESCRIPTOR),
          true);

  private Capabilities() {}
}
