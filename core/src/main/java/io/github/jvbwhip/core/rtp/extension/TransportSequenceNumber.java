package io.github.jvbwhip.core.rtp.extension;

import io.github.jvbwhip.core.rtp.Bytes;

/**
 * Transport-wide sequence number (draft-holmer-rmcat-transport-wide-cc-extensions-01 §2): counts
 * the packets of all streams of a transport. Stateless.
 */
public final class TransportSequenceNumber {
  /** The result of {@link #read} without an element of at least two bytes. */
  public static final int NONE = -1;

  /** Length of the element's data, in bytes. */
  public static final int LENGTH = 2;

  private TransportSequenceNumber() {}

  public static int read(byte[] b, long element) {
    return isPresent(element) ? Bytes.u16(b, HeaderExtensions.offset(element)) : NONE;
  }

  private static boolean isPresent(long element) {
    // The second version of the extension has two more bytes.
    return element != HeaderExtensions.NONE && HeaderExtensions.length(element) >= LENGTH;
  }
}
