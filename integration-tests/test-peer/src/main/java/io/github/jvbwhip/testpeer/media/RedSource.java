package io.github.jvbwhip.testpeer.media;

import java.nio.ByteBuffer;
import java.util.List;

/** Redundant audio (RFC 2198 section 3): each packet of Opus again in the next one. */
final class RedSource implements FrameSource {
  private static final int SAMPLES = 960;

  private final OpusSource opus = new OpusSource();
  private byte[] last = {};

  @Override
  public List<byte[]> next(boolean keyframe, int size) {
    byte[] primary = opus.next(keyframe, size).get(0);
    ByteBuffer payload = ByteBuffer.allocate(5 + last.length + primary.length);
    if (last.length > 0) {
      payload.putInt((0x80 | Codec.OPUS_IN_RED) << 24 | SAMPLES << 10 | last.length);
      payload.put((byte) Codec.OPUS_IN_RED).put(last).put(primary);
    } else {
      payload.put((byte) Codec.OPUS_IN_RED).put(primary);
    }
    last = primary;
    byte[] written = new byte[payload.position()];
    payload.flip().get(written);
    return List.of(written);
  }
}
