package org.jitsi.videobridge.relay;

import org.jitsi.nlj.stats.PacketStreamStats;

/** Sends the media of one endpoint over a link. */
public final class RelayEndpointSender {

  private RelayEndpointSender() {}

  public native PacketStreamStats.Snapshot getOutgoingStats();
}
