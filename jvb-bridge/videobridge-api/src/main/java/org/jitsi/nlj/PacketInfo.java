package org.jitsi.nlj;

import org.jitsi.rtp.Packet;

/** A packet on its way through the bridge. */
public class PacketInfo {

  PacketInfo() {}

  public PacketInfo(Packet packet) {}

  public final native Packet getPacket();

  public final native void setPacket(Packet packet);

  public final native PacketInfo clone();
}
