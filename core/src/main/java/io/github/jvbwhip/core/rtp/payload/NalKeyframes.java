package io.github.jvbwhip.core.rtp.payload;

import io.github.jvbwhip.core.rtp.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * H.264 and H.265: a parameter set that begins keyframes, alone or aggregated. Encoders that send
 * parameter sets in packets of their own (OBS) put them first; to a keyframe without one they are
 * added before it is forwarded ({@link ParameterSets}).
 */
final class NalKeyframes implements KeyframeDetector {
  private static final int LENGTH_FIELD = 2;

  private final NalFormat format;

  NalKeyframes(NalFormat format) {
    this.format = format;
  }

  @Override
  public boolean isKeyframe(byte[] b, int at, int length) {
    if (length <= format.headerLength) {
      return false;
    }
    if (!format.isAggregation(format.type(b, at))) {
      return format.beginsKeyframe(format.type(b, at));
    }
    int end = at + length;
    int field = at + format.headerLength;
    while (field + LENGTH_FIELD < end) {
      if (format.beginsKeyframe(format.type(b, field + LENGTH_FIELD))) {
        return true;
      }
      field += LENGTH_FIELD + Bytes.u16(b, field);
    }
    return false;
  }

  @Override
  public @Nullable VideoSize size(byte[] b, int at, int length) {
    if (length <= format.headerLength) {
      return null;
    }
    int end = at + length;
    if (!format.isAggregation(format.type(b, at))) {
      return format.isSps(format.type(b, at)) ? pictureSize(b, at, end) : null;
    }
    int field = at + format.headerLength;
    while (field + LENGTH_FIELD < end) {
      int unit = field + LENGTH_FIELD;
      int next = unit + Bytes.u16(b, field);
      if (format.isSps(format.type(b, unit)) && next <= end) {
        return pictureSize(b, unit, next);
      }
      field = next;
    }
    return null;
  }

  private @Nullable VideoSize pictureSize(byte[] b, int unit, int end) {
    return format.size(BitReader.escaped(b, unit + format.headerLength, end));
  }
}
