package io.github.jvbwhip.embedded.forward;

import io.github.jvbwhip.core.bridge.Feedback;
import io.github.jvbwhip.core.bridge.HeaderExtensionType;
import io.github.jvbwhip.core.rtp.extension.AudioLevel;
import io.github.jvbwhip.core.rtp.extension.HeaderExtensions;
import io.github.jvbwhip.core.rtp.extension.TransportSequenceNumber;
import io.github.jvbwhip.core.rtp.payload.VideoLayersAllocation;
import java.util.List;

/** Which header extensions a publisher's packets have, and what is read from them. Immutable. */
final class ReceivedExtensions {
  private static final int NOT_NEGOTIATED = 0;

  private final int transportCcId;
  private final int audioLevelId;
  private final int allocationId;
  private final int descriptorId;

  ReceivedExtensions(List<IncomingMedia> media) {
    boolean feedback = media.stream().anyMatch(each -> each.offers(Feedback.TRANSPORT_CC));
    transportCcId =
        feedback ? StreamLearner.id(media, HeaderExtensionType.TRANSPORT_CC) : NOT_NEGOTIATED;
    audioLevelId = StreamLearner.id(media, HeaderExtensionType.AUDIO_LEVEL);
    allocationId = StreamLearner.id(media, HeaderExtensionType.VIDEO_LAYERS_ALLOCATION);
    descriptorId = StreamLearner.id(media, HeaderExtensionType.DEPENDENCY_DESCRIPTOR);
  }

  /** Whether feedback about transport-wide numbers was negotiated, and there are such. */
  boolean hasTransportNumbers() {
    return transportCcId != NOT_NEGOTIATED;
  }

  /** The transport-wide number, or {@link TransportSequenceNumber#NONE}. */
  int transportNumber(byte[] b, int off) {
    return hasTransportNumbers()
        ? TransportSequenceNumber.read(b, HeaderExtensions.find(b, off, transportCcId))
        : TransportSequenceNumber.NONE;
  }

  /** The id of the dependency descriptor, or 0. */
  int descriptorId() {
    return descriptorId;
  }

  /** Hears how loud an audio packet is, where it tells: those of the first audio track do. */
  void hear(SpeechLevel speech, byte[] b, int off, long now) {
    long element =
        audioLevelId == NOT_NEGOTIATED
            ? HeaderExtensions.NONE
            : HeaderExtensions.find(b, off, audioLevelId);
    if (element != HeaderExtensions.NONE) {
      speech.heard(AudioLevel.level(b, element), now);
    }
  }

  /** Reads what a few video packets say of all encodings. */
  void allocate(IncomingMedia of, byte[] b, int off) {
    if (allocationId == NOT_NEGOTIATED) {
      return;
    }
    long element = HeaderExtensions.find(b, off, allocationId);
    if (element != HeaderExtensions.NONE) {
      VideoLayersAllocation allocation =
          VideoLayersAllocation.parse(
              b, HeaderExtensions.offset(element), HeaderExtensions.length(element));
      if (allocation != null) {
        of.allocate(allocation);
      }
    }
  }
}
