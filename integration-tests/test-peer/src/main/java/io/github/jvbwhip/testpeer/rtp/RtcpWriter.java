package io.github.jvbwhip.testpeer.rtp;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;

/** Writes single RTCP packets; {@link #compound} joins them. */
public final class RtcpWriter {
  private static final int LARGEST = 1400;

  private RtcpWriter() {}

  /** The packets one after the other (RFC 3550 section 6.1). */
  public static byte[] compound(byte[]... packets) {
    int length = 0;
    for (byte[] packet : packets) {
      length += packet.length;
    }
    ByteBuffer out = ByteBuffer.allocate(length);
    for (byte[] packet : packets) {
      out.put(packet);
    }
    return out.array();
  }

  /** RFC 3550 section 6.4.1, without report blocks; {@code ntpTime} in 32.32 fixed point. */
  public static byte[] senderReport(
      long ssrc, long ntpTime, long rtpTimestamp, long packets, long octets) {
    ByteBuffer out = start(0, 200, ssrc);
    out.putLong(ntpTime).putInt((int) rtpTimestamp).putInt((int) packets).putInt((int) octets);
    return finish(out);
  }

  /** RFC 3550 section 6.4.2. */
  public static byte[] receiverReport(long sender, List<RtcpPacket.ReportBlock> blocks) {
    ByteBuffer out = start(blocks.size(), 201, sender);
    for (RtcpPacket.ReportBlock block : blocks) {
      out.putInt((int) block.ssrc());
      out.putInt(block.fractionLost() << 24 | (block.cumulativeLost() & 0xffffff));
      out.putInt((int) block.highestSequence());
      out.putInt((int) block.jitter());
      out.putInt((int) block.lastSr());
      out.putInt((int) block.delaySinceLastSr());
    }
    return finish(out);
  }

  /** RFC 3550 section 6.5, one chunk. */
  public static byte[] sourceDescription(long ssrc, String cname) {
    byte[] text = cname.getBytes(StandardCharsets.UTF_8);
    ByteBuffer out = start(1, 202, ssrc);
    out.put((byte) 1).put((byte) text.length).put(text).put((byte) 0);
    return finish(out);
  }

  /** RFC 3550 section 6.6. */
  public static byte[] bye(long ssrc) {
    return finish(start(1, 203, ssrc));
  }

  /** RFC 4585 section 6.2.1; numbers up to 16 apart share an entry. */
  public static byte[] nack(long sender, long media, Collection<Integer> sequenceNumbers) {
    ByteBuffer out = start(1, 205, sender);
    out.putInt((int) media);
    List<Integer> left = new ArrayList<>(new TreeSet<>(sequenceNumbers));
    while (!left.isEmpty()) {
      int first = left.remove(0);
      int bitmask = 0;
      while (!left.isEmpty() && left.get(0) - first <= 16) {
        bitmask |= 1 << (left.remove(0) - first - 1);
      }
      out.putShort((short) first).putShort((short) bitmask);
    }
    return finish(out);
  }

  /** RFC 4585 section 6.3.1. */
  public static byte[] pictureLoss(long sender, long media) {
    ByteBuffer out = start(1, 206, sender);
    out.putInt((int) media);
    return finish(out);
  }

  /** RFC 5104 section 4.3.1; {@code number} counts the requests of this sender. */
  public static byte[] fullIntraRequest(long sender, long media, int number) {
    ByteBuffer out = start(4, 206, sender);
    out.putInt(0).putInt((int) media).putInt(number << 24);
    return finish(out);
  }

  /** draft-alvestrand-rmcat-remb section 2.2; {@code bitrate} in bits per second. */
  public static byte[] remb(long sender, long bitrate, List<Long> ssrcs) {
    int exponent = Math.max(0, 64 - Long.numberOfLeadingZeros(bitrate) - 18);
    long mantissa = bitrate >> exponent;
    ByteBuffer out = start(15, 206, sender);
    out.putInt(0).put("REMB".getBytes(StandardCharsets.US_ASCII));
    out.put((byte) ssrcs.size()).put((byte) (exponent << 2 | mantissa >> 16));
    out.putShort((short) mantissa);
    ssrcs.forEach(ssrc -> out.putInt(ssrc.intValue()));
    return finish(out);
  }

  /**
   * draft-holmer-rmcat-transport-wide-cc-extensions-01 section 3.1, as run-length chunks of packets
   * that all arrived one quarter of a millisecond apart.
   */
  public static byte[] transportFeedback(
      long sender, long media, int baseSequence, int count, int referenceTime, int number) {
    ByteBuffer out = start(15, 205, sender);
    out.putInt((int) media).putShort((short) baseSequence).putShort((short) count);
    out.putInt(referenceTime << 8 | (number & 0xff));
    out.putShort((short) (1 << 13 | count)); // run length, symbol 1: small delta
    for (int i = 0; i < count; i++) {
      out.put((byte) 1);
    }
    return finish(out);
  }

  private static ByteBuffer start(int countOrFormat, int type, long ssrc) {
    ByteBuffer out = ByteBuffer.allocate(LARGEST);
    out.put((byte) (0x80 | countOrFormat)).put((byte) type).putShort((short) 0);
    return out.putInt((int) ssrc);
  }

  private static byte[] finish(ByteBuffer out) {
    while (out.position() % 4 != 0) {
      out.put((byte) 0);
    }
    byte[] packet = new byte[out.position()];
    out.putShort(2, (short) (packet.length / 4 - 1));
    out.flip().get(packet);
    return packet;
  }
}
