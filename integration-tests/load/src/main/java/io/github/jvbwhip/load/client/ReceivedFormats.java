package io.github.jvbwhip.load.client;

import io.github.jvbwhip.core.codec.CodecType;
import io.github.jvbwhip.core.rtp.payload.KeyframeDetector;
import io.github.jvbwhip.testpeer.sdp.Extensions;
import io.github.jvbwhip.testpeer.sdp.RemoteDescription;
import io.github.jvbwhip.testpeer.sdp.RemoteMedia;
import java.util.Map;
import java.util.function.IntToLongFunction;
import java.util.stream.IntStream;

/** What each payload type of an answer is. Immutable once read. */
final class ReceivedFormats {
  /** What a packet is to a player. */
  enum Role {
    UNKNOWN,
    AUDIO,
    VIDEO,
    /** A retransmission of video. */
    RTX
  }

  private static final int PAYLOAD_TYPES = 128;
  private static final int NONE = -1;

  private final Role[] roles = new Role[PAYLOAD_TYPES];
  private final KeyframeDetector[] detectors = new KeyframeDetector[PAYLOAD_TYPES];
  private final int[] transportCcIds = new int[PAYLOAD_TYPES];

  private boolean nack;

  private ReceivedFormats(RemoteDescription answer) {
    java.util.Arrays.fill(roles, Role.UNKNOWN);
    java.util.Arrays.fill(detectors, KeyframeDetector.EVERY_PACKET);
    java.util.Arrays.fill(transportCcIds, NONE);
    for (RemoteMedia media : answer.media()) {
      if (!media.isRejected()) {
        read(media);
      }
    }
  }

  static ReceivedFormats of(RemoteDescription answer) {
    return new ReceivedFormats(answer);
  }

  private void read(RemoteMedia media) {
    Role kind = media.kind().equals("video") ? Role.VIDEO : Role.AUDIO;
    int transportCc =
        media.extensions().entrySet().stream()
            .filter(entry -> entry.getValue().equals(Extensions.TRANSPORT_CC))
            .map(Map.Entry::getKey)
            .findFirst()
            .orElse(NONE);
    media
        .rtpmaps()
        .forEach(
            (payloadType, rtpmap) -> {
              String name = rtpmap.split("/", 2)[0];
              boolean retransmission = name.equalsIgnoreCase(CodecType.RTX);
              roles[payloadType & PAYLOAD_TYPES - 1] = retransmission ? Role.RTX : kind;
              detectors[payloadType & PAYLOAD_TYPES - 1] = CodecType.named(name).keyframes();
              transportCcIds[payloadType & PAYLOAD_TYPES - 1] = transportCc;
            });
    nack |=
        kind == Role.VIDEO
            && media.values("rtcp-fb").stream().anyMatch(value -> value.endsWith(" nack"));
  }

  Role role(int payloadType) {
    return roles[payloadType];
  }

  /** Whether lost video may be asked for. */
  boolean hasNack() {
    return nack;
  }

  /** The sum of a count for all payload types of a role. */
  long sum(Role role, IntToLongFunction count) {
    return IntStream.range(0, PAYLOAD_TYPES)
        .filter(payloadType -> roles[payloadType] == role)
        .mapToLong(count)
        .sum();
  }

  /** Of the payload type's codec; of retransmissions none: ask for that of the stream. */
  KeyframeDetector keyframes(int payloadType) {
    return detectors[payloadType];
  }

  /** The id of the transport-wide sequence number; -1 for none. */
  int transportCcId(int payloadType) {
    return transportCcIds[payloadType];
  }
}
