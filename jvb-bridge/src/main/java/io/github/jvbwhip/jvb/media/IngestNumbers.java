package io.github.jvbwhip.jvb.media;

import io.github.jvbwhip.core.bridge.Codec;
import io.github.jvbwhip.core.bridge.HeaderExtensionType;
import io.github.jvbwhip.core.bridge.IngestMedia;
import io.github.jvbwhip.core.bridge.NegotiatedCodec;
import io.github.jvbwhip.core.bridge.NegotiatedExtension;
import io.github.jvbwhip.core.codec.CodecType;
import io.github.jvbwhip.core.rtp.PayloadTypeMap;
import io.github.jvbwhip.core.rtp.extension.HeaderExtensionRewriter;
import io.github.jvbwhip.core.rtp.payload.KeyframeDetector;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * From a publisher's numbers to the conference's. Built once, immutable.
 *
 * @param payloadTypes from the publisher's to the canonical ones
 * @param extensions likewise; what ends at the bridge is dropped
 * @param redundant the publisher's payload type of RED, or {@link #NONE}
 * @param descriptorId the publisher's id of the dependency descriptor, or 0
 * @param conferenceDescriptorId the conference's, or 0
 */
public record IngestNumbers(
    PayloadTypeMap payloadTypes,
    HeaderExtensionRewriter extensions,
    int redundant,
    int descriptorId,
    int conferenceDescriptorId) {
  private static final int NONE = -1;

  /** The numbers of these m-sections, which share one transport and therefore their numbers. */
  public static IngestNumbers of(List<IngestMedia> media, ConferenceNumbers conference) {
    Map<Integer, Integer> payloadTypes = new HashMap<>();
    Map<Integer, Integer> extensions = new HashMap<>();
    int redundant = NONE;
    int descriptor = 0;
    for (IngestMedia section : media) {
      for (NegotiatedCodec codec : section.codecs()) {
        OptionalInt canonical = conference.payloadType(codec.codec());
        if (canonical.isPresent()) {
          payloadTypes.put(codec.payloadType(), canonical.getAsInt());
        }
        if (CodecType.of(codec.codec()) == CodecType.RED) {
          redundant = codec.payloadType();
        }
      }
      for (NegotiatedExtension extension : section.extensions()) {
        int canonical = conference.extension(extension.type()).orElse(HeaderExtensionRewriter.DROP);
        extensions.put(extension.id(), canonical);
        if (extension.type() == HeaderExtensionType.DEPENDENCY_DESCRIPTOR) {
          descriptor = extension.id();
        }
      }
    }
    return new IngestNumbers(
        PayloadTypeMap.of(payloadTypes),
        HeaderExtensionRewriter.of(extensions, true),
        redundant,
        descriptor,
        conference.descriptorId());
  }

  /** The negotiated codecs, by the publisher's payload type. */
  public static @Nullable Codec[] codecs(List<IngestMedia> media) {
    @Nullable Codec[] codecs = new Codec[128];
    for (IngestMedia section : media) {
      for (NegotiatedCodec codec : section.codecs()) {
        codecs[codec.payloadType()] = codec.codec();
      }
    }
    return codecs;
  }

  /** The keyframe detectors of the video codecs, by the publisher's payload type. */
  public static @Nullable KeyframeDetector[] detectors(List<IngestMedia> media) {
    @Nullable KeyframeDetector[] detectors = new KeyframeDetector[128];
    for (IngestMedia section : media) {
      for (NegotiatedCodec codec : section.codecs()) {
        detectors[codec.payloadType()] = CodecType.of(codec.codec()).keyframes();
      }
    }
    return detectors;
  }
}
