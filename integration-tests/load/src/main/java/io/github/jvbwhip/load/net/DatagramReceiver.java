package io.github.jvbwhip.load.net;

import java.net.InetSocketAddress;

/** Gets the datagrams of one socket, on its loop. */
public interface DatagramReceiver {
  /**
   * A datagram at the beginning of a buffer, which is used for the next one afterwards; there is
   * room for more behind it.
   */
  void received(byte[] b, int length, InetSocketAddress from, long nowNanos);
}
