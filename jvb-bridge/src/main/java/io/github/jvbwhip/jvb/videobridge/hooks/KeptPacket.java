package io.github.jvbwhip.jvb.videobridge.hooks;

import io.github.jvbwhip.jvb.media.Feeding;
import io.github.jvbwhip.jvb.media.SlotRewriter;
import org.jitsi.nlj.rtp.VideoRtpPacket;

/** A packet that was kept, on its way to one player, past the bridge's projection. */
final class KeptPacket extends VideoRtpPacket {
  private static final int NO_ENCODING = -1;

  final SlotRewriter slot;
  final Feeding feeding;
  final boolean first;

  /** Whether there is nothing more to catch up with. */
  final boolean newest;

  KeptPacket(
      byte[] buffer,
      int offset,
      int length,
      SlotRewriter slot,
      Feeding feeding,
      boolean first,
      boolean newest) {
    super(buffer, offset, length, NO_ENCODING);
    this.slot = slot;
    this.feeding = feeding;
    this.first = first;
    this.newest = newest;
  }
}
