package io.github.jvbwhip.jvb.media;

import io.github.jvbwhip.core.rtp.RtpHeader;
import io.github.jvbwhip.core.rtp.RtpWriter;
import java.nio.charset.StandardCharsets;

/** An RTP packet with one-byte header extensions, at an offset. */
final class Packets {
  static final int OFFSET = 7;

  final byte[] bytes;
  final int offset = OFFSET;
  final int length;

  private Packets(byte[] bytes, int length) {
    this.bytes = bytes;
    this.length = length;
  }

  static Packets of(
      int payloadType, int sequenceNumber, long timestamp, long ssrc, int... payload) {
    return with(payloadType, sequenceNumber, timestamp, ssrc, new int[0], new String[0], payload);
  }

  static Packets with(
      int payloadType,
      int sequenceNumber,
      long timestamp,
      long ssrc,
      int[] ids,
      String[] values,
      int... payload) {
    byte[] b = new byte[256];
    int at = OFFSET + RtpWriter.write(b, OFFSET, payloadType, sequenceNumber, timestamp, ssrc);
    if (ids.length > 0) {
      RtpHeader.setExtension(b, OFFSET, true);
      b[at] = (byte) 0xBE;
      b[at + 1] = (byte) 0xDE;
      int start = at + 4;
      int next = start;
      for (int i = 0; i < ids.length; i++) {
        byte[] value = values[i].getBytes(StandardCharsets.US_ASCII);
        b[next++] = (byte) (ids[i] << 4 | value.length - 1);
        System.arraycopy(value, 0, b, next, value.length);
        next += value.length;
      }
      int words = (next - start + 3) / 4;
      b[at + 3] = (byte) words;
      at = start + 4 * words;
    }
    for (int value : payload) {
      b[at++] = (byte) value;
    }
    return new Packets(b, at - OFFSET);
  }
}
