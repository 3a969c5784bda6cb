package io.github.jvbwhip.core.negotiation;

import io.github.jvbwhip.core.bridge.Codec;
import io.github.jvbwhip.core.bridge.NegotiatedCodec;
import io.github.jvbwhip.core.codec.CodecType;
import io.github.jvbwhip.core.negotiation.NegotiationException.Reason;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Checks that in a BUNDLE group a payload type has one meaning (RFC 9143 §9.1): packets could not
 * be told apart otherwise. Made for one description, used once.
 */
final class PayloadTypes {
  private final Map<Integer, String> meanings = new HashMap<>();
  private final Map<Integer, NegotiatedCodec> known = new HashMap<>();

  /**
   * Takes the numbers of an m-section.
   *
   * @return the same codecs; one that an m-section before has alike is that one's, since a session
   *     keeps them, and a browser offers the same dozens in each
   * @throws NegotiationException {@code MALFORMED}
   */
  List<NegotiatedCodec> claim(List<NegotiatedCodec> codecs) throws NegotiationException {
    List<NegotiatedCodec> shared = new ArrayList<>();
    for (NegotiatedCodec negotiated : codecs) {
      Codec codec = negotiated.codec();
      claim(negotiated.payloadType(), codec.kind() + codec.name());
      if (negotiated.rtxPayloadType().isPresent()) {
        claim(
            negotiated.rtxPayloadType().getAsInt(),
            codec.kind() + CodecType.RTX + negotiated.payloadType());
      }
      NegotiatedCodec before = known.putIfAbsent(negotiated.payloadType(), negotiated);
      shared.add(negotiated.equals(before) ? before : negotiated);
    }
    return shared;
  }

  private void claim(int payloadType, String meaning) throws NegotiationException {
    String holder = meanings.putIfAbsent(payloadType, meaning);
    if (holder != null && !holder.equals(meaning)) {
      throw new NegotiationException(
          Reason.MALFORMED,
          "Payload type " + payloadType + " has two meanings in the BUNDLE group.");
    }
  }
}
