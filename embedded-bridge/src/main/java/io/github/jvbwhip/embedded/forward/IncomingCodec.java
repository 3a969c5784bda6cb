package io.github.jvbwhip.embedded.forward;

import io.github.jvbwhip.core.bridge.NegotiatedCodec;
import io.github.jvbwhip.core.rtp.payload.KeyframeDetector;

/**
 * A payload type that a publisher negotiated, with what reads its payload. Guarded by the room's
 * lock.
 *
 * @param negotiated the publisher's numbers
 */
record IncomingCodec(
    NegotiatedCodec negotiated, KeyframeDetector keyframes, Payload payload, LayerReader layers) {

  /** What is special about the payload. */
  enum Payload {
    PLAIN,
    /** VP8: has picture ids. */
    PICTURE_IDS,
    /** VP9: has layer ids; its picture ids may have gaps. */
    LAYER_IDS,
    /** RED: has payload types. */
    REDUNDANT
  }

  static IncomingCodec of(NegotiatedCodec negotiated) {
    Payload payload = Payload.PLAIN;
    if (negotiated.codec().is("VP8")) {
      payload = Payload.PICTURE_IDS;
    } else if (negotiated.codec().is("VP9")) {
      payload = Payload.LAYER_IDS;
    } else if (negotiated.codec().is("red")) {
      payload = Payload.REDUNDANT;
    }
    return new IncomingCodec(
        negotiated,
        KeyframeDetector.forEncodingName(negotiated.codec().name()),
        payload,
        LayerReader.of(payload));
  }
}
