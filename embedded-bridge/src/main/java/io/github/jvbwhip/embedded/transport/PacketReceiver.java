package io.github.jvbwhip.embedded.transport;

import io.github.jvbwhip.core.rtp.PacketKind;

/** The transport that a remote address belongs to, as the port sees it. */
interface PacketReceiver {

  /** Grows with every transport that is made. */
  long serial();

  /** Takes DTLS, RTP or RTCP as it came, on the port's thread; must not block. */
  void receive(PacketKind kind, byte[] buffer, int offset, int length, long nanoTime);
}
