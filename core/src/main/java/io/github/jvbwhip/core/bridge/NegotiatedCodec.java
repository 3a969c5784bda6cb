package io.github.jvbwhip.core.bridge;

import java.util.OptionalInt;
import java.util.Set;

/**
 * A codec with the numbers that the client uses for it.
 *
 * @param payloadType 0 to 127
 * @param rtxPayloadType the payload type of its retransmissions (RFC 4588), where negotiated
 */
public record NegotiatedCodec(
    int payloadType, Codec codec, OptionalInt rtxPayloadType, Set<Feedback> feedback) {
  public NegotiatedCodec {
    feedback = Set.copyOf(feedback);
  }
}
