package io.github.jvbwhip.core.rtp.payload;

import io.github.jvbwhip.core.rtp.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * H.264 (RFC 6184): a sequence parameter set, alone or aggregated (STAP-A). Encoders that send
 * parameter sets in packets of their own (OBS) put them first; to a keyframe without one they are
 * added before it is forwarded ({@link ParameterSets}).
 */
final class H264Keyframes implements KeyframeDetector {
  private static final int SPS = 7;
  private static final int STAP_A = 24;

  @Override
  public boolean isKeyframe(byte[] b, int at, int length) {
    if (length < 2) {
      return false;
    }
    int type = b[at] & 0x1F;
    if (type != STAP_A) {
      return type == SPS;
    }
    int end = at + length;
    int unit = at + 1;
    while (unit + 2 < end) {
      if ((b[unit + 2] & 0x1F) == SPS) {
        return true;
      }
      unit += 2 + Bytes.u16(b, unit);
    }
    return false;
  }

  @Override
  public @Nullable VideoSize size(byte[] b, int at, int length) {
    if (length < 2) {
      return null;
    }
    int end = at + length;
    int type = b[at] & 0x1F;
    if (type == SPS) {
      return H264Sps.size(BitReader.escaped(b, at + 1, end));
    }
    if (type != STAP_A) {
      return null;
    }
    int unit = at + 1;
    while (unit + 2 < end) {
      int next = unit + 2 + Bytes.u16(b, unit);
      if ((b[unit + 2] & 0x1F) == SPS && next <= end) {
        return H264Sps.size(BitReader.escaped(b, unit + 3, next));
      }
      unit = next;
    }
    return null;
  }
}
