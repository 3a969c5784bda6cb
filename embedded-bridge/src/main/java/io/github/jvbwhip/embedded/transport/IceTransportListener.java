package io.github.jvbwhip.embedded.transport;

import io.github.jvbwhip.core.bridge.EndReason;

/** Hears how the ICE half of a transport fares; called under no lock. */
interface IceTransportListener {
  /** There is a path, or a better one. */
  void pathFound(MediaPath path);

  /** The time for ICE, or for DTLS after it, is over. */
  void timedOut(String iceDetail);

  /** The peer no longer consents. */
  void end(EndReason reason, String detail);

  /** A fault of ours. */
  void fail(Throwable fault);
}
