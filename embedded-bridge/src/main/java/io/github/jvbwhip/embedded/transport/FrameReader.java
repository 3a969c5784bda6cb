package io.github.jvbwhip.embedded.transport;

import java.nio.ByteBuffer;
import java.util.function.IntSupplier;

/**
 * Takes datagrams out of a stream in which the length stands before each, in two octets (RFC 4571
 * §2). Keeps one that has not come as a whole, and nothing else. Not thread-safe.
 */
final class FrameReader {
  private static final byte[] NOTHING = {};
  private static final int UNKNOWN = -1;

  /** Takes what has come as a whole. */
  interface Sink {
    /**
     * Takes the first {@code length} bytes of a buffer that is used again afterwards.
     *
     * @return false when nothing more is to be read
     */
    boolean onFrame(byte[] buffer, int length);
  }

  private int firstOctet = UNKNOWN;
  private int length = UNKNOWN;
  private int filled;
  private byte[] begun = NOTHING;

  /**
   * Reads all that there is.
   *
   * @param whole a buffer for a frame, of at least {@code limit} bytes
   * @param limit of a frame, in bytes; asked for each, since it may depend on those before
   * @return false when a frame is longer, or the sink wants no more: it cannot be read on then
   */
  boolean read(ByteBuffer from, byte[] whole, IntSupplier limit, Sink sink) {
    while (from.hasRemaining()) {
      if (length == UNKNOWN && !readLength(from)) {
        return true;
      }
      if (length > limit.getAsInt()) {
        return false; // As soon as it says so.
      }
      if (!readFrame(from, whole)) {
        return true;
      }
      int complete = length;
      length = UNKNOWN;
      filled = 0;
      // Of no length: allowed, and nothing.
      if (complete > 0 && !sink.onFrame(whole, complete)) {
        return false;
      }
    }
    return true;
  }

  private boolean readLength(ByteBuffer from) {
    if (firstOctet == UNKNOWN) {
      firstOctet = from.get() & 0xFF;
    }
    if (!from.hasRemaining()) {
      return false;
    }
    length = firstOctet << 8 | from.get() & 0xFF;
    firstOctet = UNKNOWN;
    return true;
  }

  private boolean readFrame(ByteBuffer from, byte[] whole) {
    int count = Math.min(length - filled, from.remaining());
    if (count == length) {
      from.get(whole, 0, length);
      return true;
    }
    if (count > 0 && begun.length < length) {
      begun = new byte[length]; // Only before the first byte of it: its length is known then.
    }
    from.get(begun, filled, count);
    filled += count;
    if (filled < length) {
      return false;
    }
    System.arraycopy(begun, 0, whole, 0, length);
    return true;
  }
}
