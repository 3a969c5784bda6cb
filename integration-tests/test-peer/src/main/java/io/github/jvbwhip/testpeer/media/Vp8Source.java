package io.github.jvbwhip.testpeer.media;

import java.util.ArrayList;
import java.util.List;

/**
 * VP8 payloads (RFC 7741) with 15-bit picture ids, TL0PICIDX and two temporal layers, and the frame
 * header of RFC 6386 section 9.1 with the size of the picture.
 */
final class Vp8Source implements FrameSource {
  private final int width;
  private final int height;
  private int pictureId = 0x7ff0; // soon wraps: who rewrites it has to live with that
  private int tl0PicIdx = 250;
  private boolean upperLayer;

  Vp8Source(int width, int height) {
    this.width = width;
    this.height = height;
  }

  @Override
  public List<byte[]> next(boolean keyframe, int size) {
    upperLayer = !keyframe && !upperLayer;
    pictureId = pictureId + 1 & 0x7fff;
    if (!upperLayer) {
      tl0PicIdx = tl0PicIdx + 1 & 0xff;
    }
    List<byte[]> payloads = new ArrayList<>();
    for (byte[] piece : Filler.cut(frame(keyframe, size), MAX_PAYLOAD - 6)) {
      payloads.add(Filler.concat(descriptor(payloads.isEmpty()), piece));
    }
    return payloads;
  }

  private byte[] descriptor(boolean start) {
    int sync = upperLayer ? 0x20 : 0;
    return Filler.bytes(
        0x80 | (start ? 0x10 : 0),
        0x80 | 0x40 | 0x20, // picture id, TL0PICIDX and TID are there
        0x80 | pictureId >> 8,
        pictureId,
        tl0PicIdx,
        (upperLayer ? 0x40 : 0) | sync);
  }

  private byte[] frame(boolean keyframe, int size) {
    int firstPartition = Math.max(1, Math.min(size, 0x3ffff) / 2);
    int tag = (keyframe ? 0 : 1) | 1 << 4 | firstPartition << 5;
    byte[] start =
        keyframe
            ? Filler.bytes(
                tag, tag >> 8, tag >> 16, 0x9d, 0x01, 0x2a, width, width >> 8, height, height >> 8)
            : Filler.bytes(tag, tag >> 8, tag >> 16);
    return Filler.fill(start, size);
  }
}
