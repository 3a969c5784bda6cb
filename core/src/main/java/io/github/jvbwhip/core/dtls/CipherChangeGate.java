package io.github.jvbwhip.core.dtls;

import io.github.jvbwhip.core.rtp.Bytes;

/**
 * Keeps a client's ChangeCipherSpec from a server that has not got the client's CertificateVerify:
 * Bouncy Castle reads nothing of the old epoch from then on, so that where that message was lost,
 * or overtaken, the handshake could never be done. A client sends both again (RFC 6347 §4.2.4). One
 * for each association, on the datagrams that come in, whichever side this is. Not thread-safe.
 */
public final class CipherChangeGate {
  private static final int CHANGE_CIPHER_SPEC = 20;
  private static final int HANDSHAKE = 22;
  private static final int CLIENT_HELLO = 1;
  private static final int CERTIFICATE_VERIFY = 15;

  private static final int RECORD_HEADER = 13;
  private static final int EPOCH = 3;
  private static final int RECORD_LENGTH = 11;

  private static final int MESSAGE_HEADER = 12;
  private static final int FRAGMENT_OFFSET = 6;
  private static final int FRAGMENT_LENGTH = 9;

  private boolean fromClient;
  private boolean verified;

  /** How much of the CertificateVerify has come, from its beginning. */
  private int verifyLength;

  /**
   * Cuts a ChangeCipherSpec that is too early out of a datagram, in place.
   *
   * @return the length of what remains
   */
  public int pass(byte[] b, int off, int len) {
    int length = len;
    int at = off;
    while (!verified && off + length - at >= RECORD_HEADER) {
      int record = RECORD_HEADER + Bytes.u16(b, at + RECORD_LENGTH);
      if (record > off + length - at || Bytes.u16(b, at + EPOCH) != 0) {
        break;
      }
      if (b[at] == CHANGE_CIPHER_SPEC && fromClient) {
        System.arraycopy(b, at + record, b, at, off + length - at - record);
        length -= record;
      } else {
        if (b[at] == HANDSHAKE) {
          read(b, at + RECORD_HEADER, at + record);
        }
        at += record;
      }
    }
    return length;
  }

  private void read(byte[] b, int start, int end) {
    int at = start;
    while (end - at >= MESSAGE_HEADER) {
      int fragment = Bytes.u24(b, at + FRAGMENT_LENGTH);
      if (fragment > end - at - MESSAGE_HEADER) {
        return;
      }
      if (b[at] == CLIENT_HELLO) {
        fromClient = true;
      } else if (b[at] == CERTIFICATE_VERIFY) {
        int begin = Bytes.u24(b, at + FRAGMENT_OFFSET);
        if (begin <= verifyLength) {
          verifyLength = Math.max(verifyLength, begin + fragment);
        }
        verified = verifyLength == Bytes.u24(b, at + 1);
      }
      at += MESSAGE_HEADER + fragment;
    }
  }
}
