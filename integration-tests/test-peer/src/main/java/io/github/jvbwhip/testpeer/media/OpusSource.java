package io.github.jvbwhip.testpeer.media;

import java.util.List;

/** Opus packets of one 20 ms stereo CELT frame each (RFC 6716 section 3.1). */
final class OpusSource implements FrameSource {
  private static final int TOC_CELT_FULLBAND_20MS_STEREO = 31 << 3 | 1 << 2;

  @Override
  public List<byte[]> next(boolean keyframe, int size) {
    return List.of(Filler.fill(Filler.bytes(TOC_CELT_FULLBAND_20MS_STEREO), Math.min(size, 400)));
  }
}
