package io.github.jvbwhip.testpeer.rtp;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * An RTP packet (RFC 3550 section 5.1) with its header extensions (RFC 8285).
 *
 * @param extensions extension id to its bytes, in ascending order of ids
 */
public record RtpPacket(
    boolean marker,
    int payloadType,
    int sequenceNumber,
    long timestamp,
    long ssrc,
    SortedMap<Integer, byte[]> extensions,
    byte[] payload) {
  private static final int FIXED_HEADER = 12;
  private static final int ONE_BYTE_PROFILE = 0xbede;
  private static final int TWO_BYTE_PROFILE = 0x1000;

  /** Reads a packet; {@link IllegalArgumentException} when it is not one. */
  public static RtpPacket parse(byte[] data) {
    if (data.length < FIXED_HEADER || (data[0] & 0xc0) != 0x80) {
      throw new IllegalArgumentException("not RTP");
    }
    ByteBuffer in = ByteBuffer.wrap(data);
    int first = in.get() & 0xff;
    int second = in.get() & 0xff;
    int sequenceNumber = in.getShort() & 0xffff;
    long timestamp = in.getInt() & 0xffffffffL;
    long ssrc = in.getInt() & 0xffffffffL;
    int offset = FIXED_HEADER + 4 * (first & 0x0f);
    SortedMap<Integer, byte[]> extensions = new TreeMap<>();
    if ((first & 0x10) != 0) {
      int profile = in.getShort(offset) & 0xffff;
      int length = 4 * (in.getShort(offset + 2) & 0xffff);
      readExtensions(
          profile, Arrays.copyOfRange(data, offset + 4, offset + 4 + length), extensions);
      offset += 4 + length;
    }
    int padding = (first & 0x20) == 0 ? 0 : data[data.length - 1] & 0xff;
    if (offset + padding > data.length) {
      throw new IllegalArgumentException("RTP header longer than the packet");
    }
    return new RtpPacket(
        (second & 0x80) != 0,
        second & 0x7f,
        sequenceNumber,
        timestamp,
        ssrc,
        extensions,
        Arrays.copyOfRange(data, offset, data.length - padding));
  }

  private static void readExtensions(int profile, byte[] data, Map<Integer, byte[]> into) {
    boolean oneByte = profile == ONE_BYTE_PROFILE;
    if (!oneByte && (profile & 0xfff0) != TWO_BYTE_PROFILE) {
      return;
    }
    int at = 0;
    while (at < data.length) {
      int id = oneByte ? (data[at] & 0xf0) >> 4 : data[at] & 0xff;
      if (id == 0) {
        at++; // padding
        continue;
      }
      if (oneByte && id == 15) {
        return;
      }
      int length = oneByte ? (data[at] & 0x0f) + 1 : data[at + 1] & 0xff;
      int start = at + (oneByte ? 1 : 2);
      into.put(id, Arrays.copyOfRange(data, start, start + length));
      at = start + length;
    }
  }

  /** The packet as bytes; two-byte extension headers only where an id or a length needs them. */
  public byte[] toBytes() {
    byte[] block = extensions.isEmpty() ? new byte[0] : extensionBlock();
    ByteBuffer out = ByteBuffer.allocate(FIXED_HEADER + block.length + payload.length);
    out.put((byte) (0x80 | (block.length == 0 ? 0 : 0x10)));
    out.put((byte) ((marker ? 0x80 : 0) | payloadType));
    out.putShort((short) sequenceNumber);
    out.putInt((int) timestamp);
    out.putInt((int) ssrc);
    out.put(block);
    out.put(payload);
    return out.array();
  }

  private byte[] extensionBlock() {
    boolean oneByte =
        extensions.entrySet().stream()
            .allMatch(
                e -> e.getKey() <= 14 && e.getValue().length >= 1 && e.getValue().length <= 16);
    int length =
        extensions.values().stream().mapToInt(value -> value.length + (oneByte ? 1 : 2)).sum();
    int words = (length + 3) / 4;
    ByteBuffer out = ByteBuffer.allocate(4 + 4 * words);
    out.putShort((short) (oneByte ? ONE_BYTE_PROFILE : TWO_BYTE_PROFILE));
    out.putShort((short) words);
    extensions.forEach(
        (id, value) -> {
          if (oneByte) {
            out.put((byte) (id << 4 | (value.length - 1)));
          } else {
            out.put(id.byteValue());
            out.put((byte) value.length);
          }
          out.put(value);
        });
    return out.array();
  }

  /** This packet as a retransmission (RFC 4588 section 4): the original number goes in front. */
  public RtpPacket asRtx(
      int rtxPayloadType,
      long rtxSsrc,
      int rtxSequenceNumber,
      SortedMap<Integer, byte[]> rtxExtensions) {
    byte[] rtxPayload = new byte[payload.length + 2];
    rtxPayload[0] = (byte) (sequenceNumber >> 8);
    rtxPayload[1] = (byte) sequenceNumber;
    System.arraycopy(payload, 0, rtxPayload, 2, payload.length);
    return new RtpPacket(
        marker, rtxPayloadType, rtxSequenceNumber, timestamp, rtxSsrc, rtxExtensions, rtxPayload);
  }

  /** What a retransmission repeats; the payload must have at least the two bytes of the number. */
  public RtpPacket fromRtx(int originalPayloadType, long originalSsrc) {
    int original = (payload[0] & 0xff) << 8 | (payload[1] & 0xff);
    return new RtpPacket(
        marker,
        originalPayloadType,
        original,
        timestamp,
        originalSsrc,
        extensions,
        Arrays.copyOfRange(payload, 2, payload.length));
  }
}
