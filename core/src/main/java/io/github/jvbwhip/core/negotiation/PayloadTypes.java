package io.github.jvbwhip.core.negotiation;

import io.github.jvbwhip.core.bridge.Codec;
import io.github.jvbwhip.core.bridge.NegotiatedCodec;
import io.github.jvbwhip.core.codec.CodecType;
import io.github.jvbwhip.core.negotiation.NegotiationException.Reason;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Checks that in a BUNDLE group a payload type has one meaning (RFC 9143 §9.1): packets could not
 * be told apart otherwise. Made for one description, used once.
 */
final class PayloadTypes {
  private final Map<Integer, String> meanings = new HashMap<>();

  /**
   * @throws NegotiationException {@code MALFORMED}
   */
  void claim(List<NegotiatedCodec> codecs) throws NegotiationException {
    for (NegotiatedCodec negotiated : codecs) {
      Codec codec = negotiated.codec();
      claim(negotiated.payloadType(), codec.kind() + codec.name());
      if (negotiated.rtxPayloadType().isPresent()) {
        claim(
            negotiated.rtxPayloadType().getAsInt(),
            codec.kind() + CodecType.RTX + negotiated.payloadType());
      }
    }
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
