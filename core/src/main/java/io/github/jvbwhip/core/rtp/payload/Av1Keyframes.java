package io.github.jvbwhip.core.rtp.payload;

import org.jspecify.annotations.Nullable;

/**
 * AV1 ("RTP Payload Format for AV1" §4.4): the N bit of the aggregation header marks the first
 * packet of a coded video sequence, which starts with a sequence header.
 */
final class Av1Keyframes implements KeyframeDetector {
  private static final int SEQUENCE_HEADER = 1;

  @Override
  public boolean isKeyframe(byte[] b, int at, int length) {
    // N, and not Z: a new sequence does not start in the middle of a unit.
    return length > 1 && (b[at] & 0x88) == 0x08;
  }

  @Override
  public @Nullable VideoSize size(byte[] b, int at, int length) {
    if (!isKeyframe(b, at, length)) {
      return null;
    }
    int end = at + length;
    int elements = b[at] >> 4 & 3;
    int element = at + 1;
    for (int i = 1; element < end; i++) {
      int unitEnd = end;
      if (i != elements) {
        long size = leb128(b, element, end);
        element += leb128Length(b, element, end);
        if (size > end - element) {
          return null;
        }
        unitEnd = element + (int) size;
      }
      if (element < unitEnd && (b[element] >> 3 & 0x0F) == SEQUENCE_HEADER) {
        return sequenceHeader(b, element, unitEnd);
      }
      element = unitEnd;
    }
    return null;
  }

  private static @Nullable VideoSize sequenceHeader(byte[] b, int unit, int end) {
    int body = unit + 1;
    body += (b[unit] & 0x04) != 0 ? 1 : 0;
    if ((b[unit] & 0x02) != 0) {
      body += leb128Length(b, body, end);
    }
    return Av1SequenceHeader.size(BitReader.plain(b, body, end));
  }

  /** AV1 §4.10.5: seven bits per byte, least significant first. */
  private static long leb128(byte[] b, int at, int end) {
    long value = 0;
    for (int i = 0; i < 8 && at + i < end; i++) {
      value |= (b[at + i] & 0x7FL) << 7 * i;
      if (b[at + i] >= 0) {
        break;
      }
    }
    return value;
  }

  private static int leb128Length(byte[] b, int at, int end) {
    int length = 1;
    while (length < 8 && at + length < end && b[at + length - 1] < 0) {
      length++;
    }
    return length;
  }
}
