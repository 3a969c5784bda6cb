package org.jitsi.nlj;

/** Takes packets. */
public interface PacketHandler {
  void processPacket(PacketInfo packetInfo);
}
