package io.github.jvbwhip.testpeer.media;

import java.util.ArrayList;
import java.util.List;

/**
 * H264 payloads of packetization mode 1 (RFC 6184): SPS and PPS in a STAP-A before each IDR
 * picture, slices in FU-A fragments where they are too large for one packet. Baseline profile.
 */
final class H264Source implements FrameSource {
  private static final int IDR = 0x65;
  private static final int NON_IDR = 0x41;
  private static final int STAP_A = 0x78;
  private static final int FU_A = 28;
  private static final byte[] PPS = Filler.bytes(0x68, 0xce, 0x3c, 0x80);

  private final byte[] sps;

  H264Source(int width, int height) {
    sps = sps(width, height);
  }

  @Override
  public List<byte[]> next(boolean keyframe, int size) {
    List<byte[]> payloads = new ArrayList<>();
    if (keyframe) {
      payloads.add(parameterSets());
    }
    byte[] slice = Filler.fill(Filler.bytes(keyframe ? IDR : NON_IDR, 0x88), size);
    if (slice.length <= MAX_PAYLOAD) {
      payloads.add(slice);
    } else {
      fragment(slice, payloads);
    }
    return payloads;
  }

  private byte[] parameterSets() {
    byte[] head = Filler.bytes(STAP_A, sps.length >> 8, sps.length);
    byte[] length = Filler.bytes(PPS.length >> 8, PPS.length);
    return Filler.concat(Filler.concat(head, sps), Filler.concat(length, PPS));
  }

  private static void fragment(byte[] slice, List<byte[]> payloads) {
    int largest = MAX_PAYLOAD - 2;
    for (int at = 1; at < slice.length; at += largest) {
      int length = Math.min(largest, slice.length - at);
      int start = at == 1 ? 0x80 : 0;
      int end = at + length == slice.length ? 0x40 : 0;
      byte[] payload = new byte[2 + length];
      payload[0] = (byte) (slice[0] & 0x60 | FU_A);
      payload[1] = (byte) (start | end | slice[0] & 0x1f);
      System.arraycopy(slice, at, payload, 2, length);
      payloads.add(payload);
    }
  }

  private static byte[] sps(int width, int height) {
    int mbWidth = (width + 15) / 16;
    int mbHeight = (height + 15) / 16;
    BitWriter bits = new BitWriter();
    bits.put(0x67, 8).put(0x42, 8).put(0xe0, 8).put(0x1f, 8); // constrained baseline, level 3.1
    bits.putUe(0).putUe(0).putUe(2); // id, frame number bits, picture order count type 2
    bits.putUe(1).put(0, 1); // one reference frame, no gaps
    bits.putUe(mbWidth - 1).putUe(mbHeight - 1);
    bits.put(1, 1).put(1, 1); // frames only, direct 8x8 inference
    boolean crop = mbWidth * 16 != width || mbHeight * 16 != height;
    bits.put(crop ? 1 : 0, 1);
    if (crop) {
      bits.putUe(0).putUe((mbWidth * 16 - width) / 2);
      bits.putUe(0).putUe((mbHeight * 16 - height) / 2);
    }
    bits.put(0, 1).put(1, 1); // no VUI, stop bit
    return bits.toBytes();
  }
}
