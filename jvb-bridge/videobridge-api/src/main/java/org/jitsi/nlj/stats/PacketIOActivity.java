package org.jitsi.nlj.stats;

import java.time.Instant;

/** When something came last. */
public final class PacketIOActivity {

  private PacketIOActivity() {}

  public native Instant getLastIceActivityInstant();
}
