package io.github.jvbwhip.testpeer.media;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * AV1 payloads as far as the aggregation header of the AV1 RTP specification (section 4.4) and the
 * OBU headers go: a key frame starts a coded video sequence (N) with a sequence header OBU.
 */
final class Av1Source implements FrameSource {
  private static final int OBU_SEQUENCE_HEADER = 1 << 3;
  private static final int OBU_FRAME = 6 << 3;
  private static final int SHOWN_KEY_FRAME = 0x10;
  private static final int SHOWN_INTER_FRAME = 0x30;

  private final byte[] sequenceHeader;

  Av1Source(int width, int height) {
    BitWriter bits = new BitWriter();
    bits.put(OBU_SEQUENCE_HEADER, 8);
    bits.put(0, 5).put(0, 2).put(0, 17).put(5, 5); // profile 0, one operating point, level 3.1
    bits.put(15, 4).put(15, 4).put(width - 1, 16).put(height - 1, 16);
    sequenceHeader = bits.toBytes();
  }

  @Override
  public List<byte[]> next(boolean keyframe, int size) {
    byte[] start = Filler.bytes(OBU_FRAME, keyframe ? SHOWN_KEY_FRAME : SHOWN_INTER_FRAME);
    byte[] frame = Filler.fill(start, size);
    List<byte[]> pieces = Filler.cut(frame, MAX_PAYLOAD - 32);
    List<byte[]> payloads = new ArrayList<>();
    for (int i = 0; i < pieces.size(); i++) {
      int continued = i == 0 ? 0 : 0x80;
      int continues = i == pieces.size() - 1 ? 0 : 0x40;
      boolean withHeader = keyframe && i == 0;
      int elements = withHeader ? 2 : 1;
      byte[] head = Filler.bytes(continued | continues | elements << 4 | (withHeader ? 8 : 0));
      if (withHeader) {
        head = Filler.concat(head, Filler.bytes(sequenceHeader.length));
        head = Filler.concat(head, sequenceHeader);
      }
      payloads.add(Filler.concat(head, pieces.get(i)));
    }
    return payloads;
  }

  @Override
  public List<byte[]> withoutParameterSets(List<byte[]> keyframe) {
    List<byte[]> payloads = new ArrayList<>(keyframe);
    byte[] first = payloads.get(0);
    byte[] frame = Arrays.copyOfRange(first, 2 + sequenceHeader.length, first.length);
    payloads.set(0, Filler.concat(Filler.bytes(first[0] & 0x40 | 1 << 4), frame));
    return payloads;
  }
}
