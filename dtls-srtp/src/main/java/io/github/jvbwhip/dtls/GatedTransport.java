package io.github.jvbwhip.dtls;

import io.github.jvbwhip.core.dtls.CipherChangeGate;
import java.io.IOException;
import org.bouncycastle.tls.DatagramTransport;

/** The datagrams of a passive side, with what would come too early cut out. Not thread-safe. */
final class GatedTransport extends ForwardingTransport {
  private final CipherChangeGate gate = new CipherChangeGate();

  GatedTransport(DatagramTransport datagrams) {
    super(datagrams);
  }

  @Override
  public int receive(byte[] buffer, int offset, int length, int waitMillis) throws IOException {
    int received = super.receive(buffer, offset, length, waitMillis);
    return received < 0 ? received : gate.pass(buffer, offset, received);
  }
}
