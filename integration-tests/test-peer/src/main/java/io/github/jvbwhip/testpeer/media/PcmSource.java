package io.github.jvbwhip.testpeer.media;

import java.util.List;

/** Packets of 20 ms of G.711, a byte for each sample (RFC 3551 section 4.5.14). */
final class PcmSource implements FrameSource {
  private static final int SAMPLES = 160;

  @Override
  public List<byte[]> next(boolean keyframe, int size) {
    return List.of(Filler.fill(Filler.bytes(), SAMPLES));
  }
}
