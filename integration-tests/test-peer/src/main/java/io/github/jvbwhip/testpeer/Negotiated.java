package io.github.jvbwhip.testpeer;

import io.github.jvbwhip.testpeer.media.Codec;
import io.github.jvbwhip.testpeer.sdp.RemoteMedia;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What one m-section's answer agreed on.
 *
 * @param codecs payload type to codec, the preferred one first
 * @param rtx payload type of retransmissions to the one repeated
 * @param extensionIds header extension URI to id
 */
public record Negotiated(
    String mid,
    Map<Integer, Codec> codecs,
    Map<Integer, Integer> rtx,
    Map<String, Integer> extensionIds) {

  /** What the m-section of an answer says. */
  public static Negotiated of(RemoteMedia answer) {
    Map<Integer, String> rtpmaps = answer.rtpmaps();
    Map<Integer, Codec> codecs = new LinkedHashMap<>();
    for (int payloadType : answer.payloadTypes()) {
      Codec codec = Codec.ofRtpmap(rtpmaps.getOrDefault(payloadType, ""));
      if (codec != null) {
        codecs.put(payloadType, codec);
      }
    }
    Map<String, Integer> ids = new HashMap<>();
    answer.extensions().forEach((id, uri) -> ids.put(uri, id));
    return new Negotiated(answer.mid(), codecs, answer.rtxPayloadTypes(), ids);
  }

  /** The payload type that sending starts with. */
  int sendingPayloadType() {
    return codecs.keySet().stream()
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no codec was agreed on for " + mid));
  }

  /** The payload type of retransmissions of {@code payloadType}; -1 when there is none. */
  int rtxPayloadTypeOf(int payloadType) {
    return rtx.entrySet().stream()
        .filter(entry -> entry.getValue() == payloadType)
        .mapToInt(Map.Entry::getKey)
        .findFirst()
        .orElse(-1);
  }
}
