package io.github.jvbwhip.core.rtp.payload;

import org.jspecify.annotations.Nullable;

/**
 * AV1 ("RTP Payload Format for AV1" §4.4): the N bit of the aggregation header marks the first
 * packet of a coded video sequence, which starts with a sequence header. Publishers whose packets
 * say otherwise are corrected before ({@link SequenceHeader}).
 */
final class Av1Keyframes implements KeyframeDetector {
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
    Av1Units units = new Av1Units();
    units.read(b, at, length);
    while (units.next()) {
      if (units.type() == Av1Units.SEQUENCE_HEADER) {
        return Av1SequenceHeader.size(BitReader.plain(b, units.body(), units.end()));
      }
    }
    return null;
  }
}
