package io.github.jvbwhip.embedded.forward;

import io.github.jvbwhip.core.codec.PayloadForm;
import io.github.jvbwhip.core.rtp.extension.HeaderExtensions;
import io.github.jvbwhip.core.rtp.payload.Av1Layers;
import io.github.jvbwhip.core.rtp.payload.DependencyDescriptor;

/**
 * The temporal and spatial layers within one encoding, as far as its packets tell: by the
 * dependency descriptor, or by the payload where the codec's has them. Guarded by the room's lock.
 */
final class EncodingLayers {
  private final DependencyDescriptor descriptor = new DependencyDescriptor();
  private final Av1Layers units = new Av1Layers();
  private int highestTemporal = IncomingPacket.UNKNOWN;
  private int highestSpatial = IncomingPacket.UNKNOWN;

  /**
   * Reads a packet's layers, into the packet.
   *
   * @param descriptorId the id of the dependency descriptor, or 0
   */
  void read(IncomingPacket packet, IncomingCodec codec, int descriptorId) {
    codec.layers().read(packet);
    boolean described =
        descriptorId != 0
            && describe(packet, HeaderExtensions.find(packet.buffer, packet.offset, descriptorId));
    if (!described && codec.payload() == PayloadForm.DESCRIBED) {
      readUnits(packet);
    }
    highestTemporal = Math.max(highestTemporal, packet.temporalLayer);
    highestSpatial = Math.max(highestSpatial, packet.spatialLayer);
  }

  private boolean describe(IncomingPacket packet, long element) {
    if (element == HeaderExtensions.NONE
        || !descriptor.parse(
            packet.buffer, HeaderExtensions.offset(element), HeaderExtensions.length(element))
        || descriptor.temporalId() == DependencyDescriptor.UNKNOWN) {
      return false;
    }
    packet.temporalLayer = descriptor.temporalId();
    packet.spatialLayer = descriptor.spatialId();
    packet.endOfFrame = descriptor.isEndOfFrame();
    return true;
  }

  private void readUnits(IncomingPacket packet) {
    if (units.parse(
        packet.buffer,
        packet.payloadAt,
        packet.payloadLength,
        packet.sequenceNumber,
        packet.timestamp)) {
      packet.temporalLayer = units.temporalId();
      packet.spatialLayer = units.spatialId();
      packet.endOfFrame = units.isEndOfFrame();
    }
  }

  /** The highest temporal layer that has come, or {@link IncomingPacket#UNKNOWN}. */
  int highestTemporal() {
    return highestTemporal;
  }

  /** The highest spatial layer that has come; 0 where the packets do not tell. */
  int highestSpatial() {
    return Math.max(0, highestSpatial);
  }
}
