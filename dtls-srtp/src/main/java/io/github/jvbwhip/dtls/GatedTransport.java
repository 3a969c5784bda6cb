package io.github.jvbwhip.dtls;

import io.github.jvbwhip.core.dtls.CipherChangeGate;
import java.io.IOException;
import org.bouncycastle.tls.DatagramTransport;

/** The datagrams of a passive side, with what would come too early cut out. Not thread-safe. */
record GatedTransport(DatagramTransport datagrams, CipherChangeGate gate)
    implements DatagramTransport {

  @Override
  public int receive(byte[] buffer, int offset, int length, int waitMillis) throws IOException {
    int received = datagrams.receive(buffer, offset, length, waitMillis);
    return received < 0 ? received : gate.pass(buffer, offset, received);
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
