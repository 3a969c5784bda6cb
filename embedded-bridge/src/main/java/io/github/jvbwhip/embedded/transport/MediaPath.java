package io.github.jvbwhip.embedded.transport;

import io.github.jvbwhip.core.bridge.SelectedPair;
import io.github.jvbwhip.core.stun.PathFollower;
import java.net.DatagramPacket;
import java.net.InetSocketAddress;

/** A candidate pair that works: the socket to send from, and the address to send to. */
record MediaPath(MediaSocket socket, InetSocketAddress remote) implements PathFollower.Path {
  /** The same, for people. */
  SelectedPair pair() {
    InetSocketAddress local = socket.localAddress();
    return new SelectedPair(
        local.getAddress().getHostAddress(),
        local.getPort(),
        remote.getAddress().getHostAddress(),
        remote.getPort(),
        socket.protocol());
  }

  @Override
  public byte[] address() {
    return remote.getAddress().getAddress();
  }

  @Override
  public int port() {
    return remote.getPort();
  }

  @Override
  public void send(byte[] datagram) {
    // Whether it has gone out does not matter: clients check again, and so are they.
    boolean unused = socket.send(new DatagramPacket(datagram, datagram.length, remote));
  }
}
