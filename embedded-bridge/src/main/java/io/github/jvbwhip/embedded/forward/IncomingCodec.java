package io.github.jvbwhip.embedded.forward;

import io.github.jvbwhip.core.bridge.NegotiatedCodec;
import io.github.jvbwhip.core.rtp.payload.KeyframeDetector;

/**
 * A payload type that a publisher negotiated, with what reads its payload. Immutable.
 *
 * @param negotiated the publisher's numbers
 * @param pictureIds whether its payload is numbered (VP8)
 */
record IncomingCodec(NegotiatedCodec negotiated, KeyframeDetector keyframes, boolean pictureIds) {
  static IncomingCodec of(NegotiatedCodec negotiated) {
    return new IncomingCodec(
        negotiated,
        KeyframeDetector.forEncodingName(negotiated.codec().name()),
        negotiated.codec().is("VP8"));
  }
}
