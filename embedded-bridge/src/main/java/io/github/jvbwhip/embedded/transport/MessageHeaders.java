package io.github.jvbwhip.embedded.transport;

import java.nio.ByteBuffer;

/** {@code struct msghdr}, {@code mmsghdr} and {@code iovec} of Linux on 64-bit machines. */
final class MessageHeaders {
  /** Bytes of a {@code msghdr}. */
  static final int SINGLE = 56;

  /** Bytes of a {@code mmsghdr}, which begins with a {@code msghdr}. */
  static final int BATCHED = 64;

  /** Bytes of an {@code iovec}. */
  static final int PART = 16;

  private static final int NAME_LENGTH = 8;
  private static final int PARTS = 16;
  private static final int PART_COUNT = 24;
  private static final int CONTROL = 32;
  private static final int CONTROL_LENGTH = 40;
  private static final int BATCHED_LENGTH = 56;

  private MessageHeaders() {}

  static void put(ByteBuffer headers, int at, long name, long parts, int count) {
    headers.putLong(at, name);
    headers.putLong(at + PARTS, parts);
    headers.putLong(at + PART_COUNT, count);
  }

  static void putNameLength(ByteBuffer headers, int at, int length) {
    headers.putInt(at + NAME_LENGTH, length);
  }

  static void putControl(ByteBuffer headers, int at, long control, int length) {
    headers.putLong(at + CONTROL, control);
    headers.putLong(at + CONTROL_LENGTH, length);
  }

  /** The length of what was received into one of them. */
  static int batchedLength(ByteBuffer headers, int index) {
    return headers.getInt(index * BATCHED + BATCHED_LENGTH);
  }

  static void putPart(ByteBuffer parts, int index, long address, int length) {
    parts.putLong(index * PART, address);
    parts.putLong(index * PART + Long.BYTES, length);
  }
}
