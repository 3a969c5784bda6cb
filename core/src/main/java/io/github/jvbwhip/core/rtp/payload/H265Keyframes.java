package io.github.jvbwhip.core.rtp.payload;

import io.github.jvbwhip.core.rtp.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * H.265 (RFC 7798): a video or sequence parameter set, alone or aggregated (AP); see {@link
 * H264Keyframes}. DONL fields are not expected: WebRTC does not negotiate them.
 */
final class H265Keyframes implements KeyframeDetector {
  private static final int VPS = 32;
  private static final int SPS = 33;
  private static final int AP = 48;

  @Override
  public boolean isKeyframe(byte[] b, int at, int length) {
    if (length < 3) {
      return false;
    }
    int type = type(b, at);
    if (type != AP) {
      return startsKeyframe(type);
    }
    int end = at + length;
    int unit = at + 2;
    while (unit + 2 < end) {
      if (startsKeyframe(type(b, unit + 2))) {
        return true;
      }
      unit += 2 + Bytes.u16(b, unit);
    }
    return false;
  }

  @Override
  public @Nullable VideoSize size(byte[] b, int at, int length) {
    if (length < 3) {
      return null;
    }
    int end = at + length;
    int type = type(b, at);
    if (type == SPS) {
      return H265Sps.size(BitReader.escaped(b, at + 2, end));
    }
    if (type != AP) {
      return null;
    }
    int unit = at + 2;
    while (unit + 2 < end) {
      int next = unit + 2 + Bytes.u16(b, unit);
      if (type(b, unit + 2) == SPS && next <= end) {
        return H265Sps.size(BitReader.escaped(b, unit + 4, next));
      }
      unit = next;
    }
    return null;
  }

  private static int type(byte[] b, int unit) {
    return b[unit] >> 1 & 0x3F;
  }

  private static boolean startsKeyframe(int type) {
    return type == VPS || type == SPS;
  }
}
