package io.github.jvbwhip.jvb.videobridge;

import io.github.jvbwhip.core.bridge.HeaderExtensionType;
import io.github.jvbwhip.core.codec.CodecType;
import io.github.jvbwhip.jvb.media.ConferenceNumbers;
import java.util.EnumMap;
import java.util.Map;
import java.util.WeakHashMap;
import org.jitsi.nlj.format.PayloadType;
import org.jitsi.nlj.rtp.RtpExtension;
import org.jitsi.nlj.util.ReadOnlyStreamInformationStore;
import org.jitsi.videobridge.Conference;
import org.jitsi.videobridge.Endpoint;
import org.jspecify.annotations.Nullable;

/**
 * The numbers of conferences that others have created: those that an invitation has told, else
 * those of the people that were in it when it was found, before there was a publisher of the
 * plugin, whose endpoint has numbers of its own. Thread-safe; its lock is a leaf.
 */
final class ForeignNumbers {
  private final Map<Conference, ConferenceNumbers> known = new WeakHashMap<>();
  private ConferenceNumbers last = ConferenceNumbers.usual();

  /** Those of an invitation, which may have less than all codecs. */
  synchronized void told(Conference conference, ConferenceNumbers numbers) {
    ConferenceNumbers before = of(conference);
    known.put(conference, before.cover(numbers) ? before : numbers.completedBy(before));
    last = numbers.completedBy(ConferenceNumbers.usual());
  }

  synchronized ConferenceNumbers of(Conference conference) {
    ConferenceNumbers before = known.get(conference);
    ConferenceNumbers now = before == null ? seen(conference) : before;
    if (now != null) {
      known.put(conference, now);
      return now;
    }
    return last;
  }

  /** Those of people on other bridges are not here. */
  private @Nullable ConferenceNumbers seen(Conference conference) {
    Map<CodecType, Integer> payloadTypes = new EnumMap<>(CodecType.class);
    Map<HeaderExtensionType, Integer> extensions = new EnumMap<>(HeaderExtensionType.class);
    for (Endpoint endpoint : conference.getLocalEndpoints()) {
      if (!endpoint.getVisitor()) {
        read(
            endpoint.getTransceiver().getReadOnlyStreamInformationStore(),
            payloadTypes,
            extensions);
      }
    }
    return payloadTypes.isEmpty()
        ? null
        : new ConferenceNumbers(payloadTypes, extensions).completedBy(last);
  }

  private static void read(
      ReadOnlyStreamInformationStore store,
      Map<CodecType, Integer> payloadTypes,
      Map<HeaderExtensionType, Integer> extensions) {
    for (PayloadType payloadType : store.getRtpPayloadTypes().values()) {
      CodecType type = CodecType.named(payloadType.encodingName());
      if (type != CodecType.OTHER && type.kind().name().equals(payloadType.getMediaType().name())) {
        payloadTypes.putIfAbsent(type, (int) payloadType.getPt());
      }
    }
    for (RtpExtension extension : store.getRtpExtensions()) {
      HeaderExtensionType.ofUri(extension.getType().getUri())
          .filter(ConferenceNumbers.FORWARDED::contains)
          .ifPresent(type -> extensions.putIfAbsent(type, Byte.toUnsignedInt(extension.getId())));
    }
  }
}
