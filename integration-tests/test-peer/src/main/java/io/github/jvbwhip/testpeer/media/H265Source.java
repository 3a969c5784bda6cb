package io.github.jvbwhip.testpeer.media;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * H265 payloads (RFC 7798): parameter sets in an aggregation packet before each IDR picture, slices
 * in fragmentation units where they are too large for one packet. Main profile.
 */
final class H265Source implements FrameSource {
  private static final int TRAIL_R = 1;
  private static final int IDR_W_RADL = 19;
  private static final int AP = 48;
  private static final int FU = 49;
  private static final byte[] VPS = Filler.bytes(0x40, 0x01, 0x0c, 0x01, 0xff, 0xff);
  private static final byte[] PPS = Filler.bytes(0x44, 0x01, 0xc0, 0xf3);

  private final byte[] sps;

  H265Source(int width, int height) {
    sps = sps(width, height);
  }

  @Override
  public List<byte[]> next(boolean keyframe, int size) {
    List<byte[]> payloads = new ArrayList<>();
    if (keyframe) {
      payloads.add(parameterSets());
    }
    int type = keyframe ? IDR_W_RADL : TRAIL_R;
    byte[] slice = Filler.fill(Filler.bytes(type << 1, 1, 0x88), size);
    if (slice.length <= MAX_PAYLOAD) {
      payloads.add(slice);
    } else {
      fragment(type, slice, payloads);
    }
    return payloads;
  }

  private byte[] parameterSets() {
    byte[] all = Filler.bytes(AP << 1, 1);
    for (byte[] set : List.of(VPS, sps, PPS)) {
      byte[] length = Filler.bytes(set.length >> 8, set.length);
      all = Filler.concat(all, Filler.concat(length, set));
    }
    return all;
  }

  private static void fragment(int type, byte[] slice, List<byte[]> payloads) {
    int largest = MAX_PAYLOAD - 3;
    for (int at = 2; at < slice.length; at += largest) {
      int length = Math.min(largest, slice.length - at);
      int start = at == 2 ? 0x80 : 0;
      int end = at + length == slice.length ? 0x40 : 0;
      byte[] payload = new byte[3 + length];
      payload[0] = (byte) (FU << 1);
      payload[1] = 1;
      payload[2] = (byte) (start | end | type);
      System.arraycopy(slice, at, payload, 3, length);
      payloads.add(payload);
    }
  }

  /** As far as the size (H.265 section 7.3.2.2); what follows is left out. */
  private static byte[] sps(int width, int height) {
    BitWriter bits = new BitWriter();
    bits.put(0, 4).put(0, 3).put(1, 1); // no sub-layers
    bits.put(1, 8).put(0x60, 8).put(0, 24); // Main profile
    bits.put(0x90, 8).put(0, 24).put(0, 16); // progressive frames
    bits.put(93, 8); // level 3.1
    bits.putUe(0).putUe(1).putUe(width).putUe(height);
    bits.put(0, 1).put(1, 1); // no cropping, stop bit
    return Filler.concat(Filler.bytes(0x42, 0x01), escaped(bits.toBytes()));
  }

  /** With emulation prevention bytes (H.265 section 7.4.2). */
  private static byte[] escaped(byte[] data) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int zeros = 0;
    for (byte each : data) {
      if (zeros >= 2 && (each & 0xff) <= 3) {
        out.write(3);
        zeros = 0;
      }
      out.write(each);
      zeros = each == 0 ? zeros + 1 : 0;
    }
    return out.toByteArray();
  }
}
