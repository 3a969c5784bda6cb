package io.github.jvbwhip.embedded.forward;

import io.github.jvbwhip.core.codec.PayloadForm;
import io.github.jvbwhip.core.rtp.payload.Vp8Descriptor;
import io.github.jvbwhip.core.rtp.payload.Vp9Descriptor;

/**
 * Reads the layers of a packet from its payload, where the codec's payload tells them. Chosen once
 * per codec, with a view of its own. Not thread-safe.
 */
interface LayerReader {
  /** For all other codecs. */
  LayerReader NONE = packet -> {};

  /** Sets the packet's layers; leaves them as they are where it cannot. */
  void read(IncomingPacket packet);

  /** The reader for a codec. */
  static LayerReader of(PayloadForm payload) {
    return switch (payload) {
      case PICTURE_IDS -> vp8(new Vp8Descriptor());
      case LAYER_IDS -> vp9(new Vp9Descriptor());
      case PLAIN, PARAMETER_SETS, DESCRIBED, REDUNDANT -> NONE;
    };
  }

  /** RFC 7741 §4.2: TID; without one there is one layer. */
  private static LayerReader vp8(Vp8Descriptor view) {
    return packet -> {
      if (view.parse(packet.buffer, packet.payloadAt, packet.payloadLength)) {
        packet.temporalLayer = Math.max(0, view.temporalId());
        packet.spatialLayer = 0;
      }
    };
  }

  /** RFC 9628 §4.2: the layer indices; without them there is one layer. */
  private static LayerReader vp9(Vp9Descriptor view) {
    return packet -> {
      if (view.parse(packet.buffer, packet.payloadAt, packet.payloadLength)) {
        packet.temporalLayer = Math.max(0, view.temporalId());
        packet.spatialLayer = Math.max(0, view.spatialId());
      }
    };
  }
}
