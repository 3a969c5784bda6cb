package io.github.jvbwhip.testpeer.rtp;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;

/** Writes single RTCP packets; {@link #compound} joins them. */
public final class RtcpWriter {
  private static final int LARGEST = 1400;
  private static final long REFERENCE_TIME_MICROS = 64_000;
  private static final long DELTA_MICROS = 250;
  private static final int SYMBOLS_PER_CHUNK = 7;

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
   * draft-holmer-rmcat-transport-wide-cc-extensions-01 section 3.1, with vectors of two-bit
   * symbols.
   *
   * @param arrivalMicros when each packet from {@code baseSequence} on arrived, in microseconds of
   *     any clock; -1 for one that did not. At least one did; about 500 fit
   * @param number counts the feedback packets
   */
  public static byte[] transportFeedback(
      long sender, long media, int baseSequence, long[] arrivalMicros, int number) {
    long first = Arrays.stream(arrivalMicros).filter(at -> at >= 0).min().orElseThrow();
    long referenceTime = first / REFERENCE_TIME_MICROS;
    ByteBuffer out = start(15, 205, sender);
    out.putInt((int) media).putShort((short) baseSequence);
    out.putShort((short) arrivalMicros.length);
    out.putInt((int) referenceTime << 8 | (number & 0xff));
    long[] deltas = deltas(arrivalMicros, referenceTime);
    for (int at = 0; at < deltas.length; at += SYMBOLS_PER_CHUNK) {
      int chunk = 0xc000;
      for (int i = at; i < Math.min(deltas.length, at + SYMBOLS_PER_CHUNK); i++) {
        int symbol = arrivalMicros[i] < 0 ? 0 : isSmall(deltas[i]) ? 1 : 2;
        chunk |= symbol << 2 * (SYMBOLS_PER_CHUNK - 1 - (i - at));
      }
      out.putShort((short) chunk);
    }
    for (int i = 0; i < deltas.length; i++) {
      if (arrivalMicros[i] >= 0 && isSmall(deltas[i])) {
        out.put((byte) deltas[i]);
      } else if (arrivalMicros[i] >= 0) {
        out.putShort((short) deltas[i]);
      }
    }
    return finish(out);
  }

  private static long[] deltas(long[] arrivalMicros, long referenceTime) {
    long[] deltas = new long[arrivalMicros.length];
    long before = referenceTime * REFERENCE_TIME_MICROS / DELTA_MICROS;
    for (int i = 0; i < deltas.length; i++) {
      if (arrivalMicros[i] >= 0) {
        long at = arrivalMicros[i] / DELTA_MICROS;
        deltas[i] = Math.max(Short.MIN_VALUE, Math.min(Short.MAX_VALUE, at - before));
        before += deltas[i];
      }
    }
    return deltas;
  }

  private static boolean isSmall(long delta) {
    return delta >= 0 && delta <= 255;
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
