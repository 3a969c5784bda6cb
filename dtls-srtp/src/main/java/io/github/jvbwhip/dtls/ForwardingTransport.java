package io.github.jvbwhip.dtls;

import java.io.IOException;
import org.bouncycastle.tls.DatagramTransport;

/** The datagrams of a handshake, some of which are handled in another way by a subclass. */
abstract class ForwardingTransport implements DatagramTransport {
  private final DatagramTransport datagrams;

  ForwardingTransport(DatagramTransport datagrams) {
    this.datagrams = datagrams;
  }

  @Override
  public int receive(byte[] buffer, int offset, int length, int waitMillis) throws IOException {
    return datagrams.receive(buffer, offset, length, waitMillis);
  }

  @Override
  public void send(byte[] buffer, int offset, int length) throws IOException {
    datagrams.send(buffer, offset, length);
  }

  @Override
  public int getReceiveLimit() throws IOException {
    return datagrams.getReceiveLimit();
  }

  @Override
  public int getSendLimit() throws IOException {
    return datagrams.getSendLimit();
  }

  @Override
  public void close() throws IOException {
    datagrams.close();
  }
}
