package io.github.jvbwhip.testpeer.media;

import java.util.ArrayList;
import java.util.List;

/**
 * VP9 payloads (RFC 9628) in flexible mode with 15-bit picture ids and one layer, and the
 * uncompressed header of a key frame with the size of the picture.
 */
final class Vp9Source implements FrameSource {
  private final int width;
  private final int height;
  private int pictureId = 0x1234;

  Vp9Source(int width, int height) {
    this.width = width;
    this.height = height;
  }

  @Override
  public List<byte[]> next(boolean keyframe, int size) {
    pictureId = pictureId + 1 & 0x7fff;
    List<byte[]> pieces = Filler.cut(frame(keyframe, size), MAX_PAYLOAD - 4);
    List<byte[]> payloads = new ArrayList<>();
    for (int i = 0; i < pieces.size(); i++) {
      boolean last = i == pieces.size() - 1;
      payloads.add(Filler.concat(descriptor(keyframe, i == 0, last), pieces.get(i)));
    }
    return payloads;
  }

  private byte[] descriptor(boolean keyframe, boolean start, boolean end) {
    int flags =
        0x80 // I: picture id
            | (keyframe ? 0 : 0x40) // P: predicted
            | 0x10 // F: flexible mode
            | (start ? 0x08 : 0)
            | (end ? 0x04 : 0);
    int high = 0x80 | pictureId >> 8;
    return keyframe
        ? Filler.bytes(flags, high, pictureId)
        : Filler.bytes(flags, high, pictureId, 1 << 1); // refers to the picture before
  }

  private byte[] frame(boolean keyframe, int size) {
    BitWriter bits = new BitWriter();
    bits.put(2, 2).put(0, 2).put(0, 1); // frame marker, profile 0, no existing frame shown
    bits.put(keyframe ? 0 : 1, 1).put(1, 1).put(0, 1); // type, shown, not error resilient
    if (keyframe) {
      bits.put(0x498342, 24).put(1, 3).put(0, 1); // sync code, BT.601, studio range
      bits.put(width - 1, 16).put(height - 1, 16).put(0, 1);
    }
    return Filler.fill(bits.toBytes(), size);
  }
}
