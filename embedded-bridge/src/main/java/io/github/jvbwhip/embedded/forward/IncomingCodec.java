package io.github.jvbwhip.embedded.forward;

import io.github.jvbwhip.core.bridge.Codec;
import io.github.jvbwhip.core.bridge.NegotiatedCodec;
import io.github.jvbwhip.core.codec.CodecType;
import io.github.jvbwhip.core.codec.PayloadForm;
import io.github.jvbwhip.core.rtp.payload.KeyframeDetector;
import io.github.jvbwhip.core.rtp.payload.ParameterSets;
import io.github.jvbwhip.core.rtp.payload.SequenceHeader;
import org.jspecify.annotations.Nullable;

/**
 * A payload type that a publisher negotiated, with what reads its payload. Guarded by the room's
 * lock.
 *
 * @param negotiated the publisher's numbers
 */
record IncomingCodec(
    NegotiatedCodec negotiated,
    KeyframeDetector keyframes,
    PayloadForm payload,
    LayerReader layers) {

  static IncomingCodec of(NegotiatedCodec negotiated) {
    CodecType type = CodecType.of(negotiated.codec());
    return new IncomingCodec(
        negotiated, type.keyframes(), type.payload(), LayerReader.of(type.payload()));
  }

  /** Of its timestamps, in Hz. */
  int clockRate() {
    return negotiated.codec().clockRate();
  }

  /** What is known of the parameter sets of a stream that begins; null when it has no such. */
  @Nullable ParameterSets parameterSets() {
    Codec codec = negotiated.codec();
    return CodecType.of(codec).parameterSets(codec.parameters());
  }

  /** What is known of the sequence header of a stream that begins; null when it has no such. */
  @Nullable SequenceHeader sequenceHeader() {
    return CodecType.of(negotiated.codec()).sequenceHeader();
  }
}
