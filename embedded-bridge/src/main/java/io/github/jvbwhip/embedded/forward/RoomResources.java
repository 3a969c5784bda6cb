package io.github.jvbwhip.embedded.forward;

import io.github.jvbwhip.core.picture.ChunkPool;
import io.github.jvbwhip.core.rtp.Rtx;
import java.util.random.RandomGenerator;

/** What all that is in a room shares, first of all the lock that guards it. */
final class RoomResources {
  final Object lock = new Object();

  /** The packet being forwarded. */
  final IncomingPacket packet = new IncomingPacket();

  /** For the packet being made: the longest one, as it is sent and as it is sent again. */
  final byte[] buffer =
      new byte
          [Rtx.OVERHEAD
              + PacketComposer.HEADROOM
              + IncomingPacket.MAX_LENGTH
              + PacketSink.TAILROOM];

  /** For the packet that goes before a keyframe, or begins it, where it came without. */
  final byte[] completed = new byte[IncomingPacket.MAX_LENGTH];

  final ForwardingConfig config;
  final NtpClock clock;

  /** For SSRCs and the like. */
  final RandomGenerator random;

  /** The memory for what may have to be sent again. */
  final CacheBudget resending = CacheBudget.OF_PROCESS;

  /** The memory for what those who join get first. */
  final ChunkPool pictures;

  RoomResources(
      ForwardingConfig config, NtpClock clock, RandomGenerator random, ChunkPool pictures) {
    this.config = config;
    this.clock = clock;
    this.random = random;
    this.pictures = pictures;
  }
}
