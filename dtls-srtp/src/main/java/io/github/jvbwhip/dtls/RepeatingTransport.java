package io.github.jvbwhip.dtls;

import java.io.IOException;
import org.bouncycastle.tls.DatagramTransport;

/**
 * Sends twice what a handshake has to repeat: something was lost, so this may be, and the time
 * before the next repetition doubles each time (RFC 6347 §4.2.4.1), so that a handshake has few of
 * them. Who gets both drops the second one (§4.1.2.6). Not thread-safe.
 */
final class RepeatingTransport extends ForwardingTransport {
  private static final int CHANGE_CIPHER_SPEC = 20;
  private static final int HANDSHAKE = 22;

  private static final int EPOCH = 3;
  private static final int RECORD_HEADER = 13;
  private static final int MESSAGE_SEQUENCE = RECORD_HEADER + 4;
  private static final int FRAGMENT_LENGTH = RECORD_HEADER + 9;
  private static final int MESSAGE_HEADER = RECORD_HEADER + 12;

  /** What was sent of the messages in the clear: numbers, and offsets of fragments, only grow. */
  private long furthest = -1;

  private int cipherChanges;

  RepeatingTransport(DatagramTransport datagrams) {
    super(datagrams);
  }

  @Override
  public void send(byte[] buffer, int offset, int length) throws IOException {
    super.send(buffer, offset, length);
    if (repeats(buffer, offset, length)) {
      super.send(buffer, offset, length);
    }
  }

  /** Bouncy Castle puts each message, or fragment, into a datagram of its own. */
  private boolean repeats(byte[] b, int off, int len) {
    if (b[off] == CHANGE_CIPHER_SPEC) {
      cipherChanges++;
      return cipherChanges > 1;
    }
    if (b[off] != HANDSHAKE || len < MESSAGE_HEADER) {
      return false;
    }
    if ((b[off + EPOCH] | b[off + EPOCH + 1]) != 0) {
      return cipherChanges > 1; // The Finished, behind its ChangeCipherSpec.
    }
    long at = 0; // The message's number, and behind it the fragment's offset.
    for (int i = off + MESSAGE_SEQUENCE; i < off + FRAGMENT_LENGTH; i++) {
      at = at << 8 | b[i] & 0xFF;
    }
    if (at <= furthest) {
      return true;
    }
    furthest = at;
    return false;
  }
}
