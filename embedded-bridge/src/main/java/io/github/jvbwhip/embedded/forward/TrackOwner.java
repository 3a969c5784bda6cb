package io.github.jvbwhip.embedded.forward;

import java.util.OptionalLong;

/** The player of some tracks, to them: the way to it. Guarded by the room's lock. */
interface TrackOwner {
  PacketSink sink();

  /** Whether media can be sent. */
  boolean isConnected();

  /** The estimate for one video track, where there is one, in bits per second. */
  OptionalLong estimate(long now);

  /** The fraction of packets that were lost lately. */
  double loss(long now);

  /** A packet of so many bytes was sent. */
  void countSent(int length);

  /** A track has something to catch up with. */
  void catchUpBegun();

  /** How long ago a packet must have been sent again last, in nanoseconds. */
  long resendInterval();

  /** Whether the budget allows a retransmission: NACKs must not multiply what is sent. */
  boolean mayResend(int length);
}
