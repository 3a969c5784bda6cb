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
        long size = Leb128.value(b, element, end);
        element += Leb128.length(b, element, end);
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
      body += Leb128.length(b, body, end);
    }
    return Av1SequenceHeader.size(BitReader.plain(b, body, end));
  }
}
