package io.github.jvbwhip.testpeer.rtp;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Reads compound RTCP packets (RFC 3550 section 6.1). */
public final class RtcpReader {
  private static final int REMB_IDENTIFIER = 0x52454d42;

  private RtcpReader() {}

  /** Every packet in {@code compound}; {@link IllegalArgumentException} when it is malformed. */
  public static List<RtcpPacket> read(byte[] compound) {
    List<RtcpPacket> packets = new ArrayList<>();
    int at = 0;
    while (at < compound.length) {
      if (compound.length - at < 4 || (compound[at] & 0xc0) != 0x80) {
        throw new IllegalArgumentException("not RTCP at byte " + at);
      }
      int length = 4 + 4 * (ByteBuffer.wrap(compound).getShort(at + 2) & 0xffff);
      if (at + length > compound.length) {
        throw new IllegalArgumentException("RTCP packet longer than its datagram");
      }
      packets.add(readOne(ByteBuffer.wrap(compound, at, length).slice()));
      at += length;
    }
    return packets;
  }

  private static RtcpPacket readOne(ByteBuffer in) {
    int format = in.get() & 0x1f;
    int type = in.get() & 0xff;
    in.getShort();
    long sender = in.hasRemaining() ? unsigned32(in) : 0;
    if (type == 200) {
      return new RtcpPacket.SenderReport(
          sender, in.getLong(), unsigned32(in), unsigned32(in), unsigned32(in), blocks(in, format));
    }
    if (type == 201) {
      return new RtcpPacket.ReceiverReport(sender, blocks(in, format));
    }
    if (type == 202) {
      return new RtcpPacket.SourceDescription(sender, cname(in));
    }
    if (type == 203) {
      return new RtcpPacket.Bye(sender);
    }
    if (type == 205 && format == 1) {
      return nack(sender, in);
    }
    if (type == 205 && format == 15) {
      unsigned32(in);
      return new RtcpPacket.TransportFeedback(
          sender, in.getShort() & 0xffff, in.getShort() & 0xffff);
    }
    if (type == 206 && format == 1) {
      return new RtcpPacket.PictureLoss(sender, unsigned32(in));
    }
    if (type == 206 && format == 4) {
      unsigned32(in);
      List<Long> ssrcs = new ArrayList<>();
      while (in.remaining() >= 8) {
        ssrcs.add(unsigned32(in));
        in.getInt();
      }
      return new RtcpPacket.FullIntraRequest(sender, List.copyOf(ssrcs));
    }
    if (type == 206 && format == 15 && in.remaining() >= 12 && in.getInt(12) == REMB_IDENTIFIER) {
      return remb(sender, in);
    }
    return new RtcpPacket.Other(sender, type, format);
  }

  private static List<RtcpPacket.ReportBlock> blocks(ByteBuffer in, int count) {
    List<RtcpPacket.ReportBlock> blocks = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      long ssrc = unsigned32(in);
      int loss = in.getInt();
      blocks.add(
          new RtcpPacket.ReportBlock(
              ssrc,
              loss >>> 24,
              loss << 8 >> 8,
              unsigned32(in),
              unsigned32(in),
              unsigned32(in),
              unsigned32(in)));
    }
    return List.copyOf(blocks);
  }

  private static String cname(ByteBuffer in) {
    while (in.remaining() >= 2) {
      int item = in.get() & 0xff;
      if (item == 0) {
        return "";
      }
      byte[] text = new byte[in.get() & 0xff];
      in.get(text);
      if (item == 1) {
        return new String(text, StandardCharsets.UTF_8);
      }
    }
    return "";
  }

  private static RtcpPacket.Nack nack(long sender, ByteBuffer in) {
    long media = unsigned32(in);
    List<Integer> lost = new ArrayList<>();
    while (in.remaining() >= 4) {
      int first = in.getShort() & 0xffff;
      int bitmask = in.getShort() & 0xffff;
      lost.add(first);
      for (int bit = 0; bit < 16; bit++) {
        if ((bitmask & 1 << bit) != 0) {
          lost.add((first + bit + 1) & 0xffff);
        }
      }
    }
    return new RtcpPacket.Nack(sender, media, List.copyOf(lost));
  }

  private static RtcpPacket.Remb remb(long sender, ByteBuffer in) {
    in.position(16);
    int count = in.get() & 0xff;
    int high = in.get() & 0xff;
    long mantissa = (long) (high & 0x03) << 16 | (in.getShort() & 0xffff);
    List<Long> ssrcs = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      ssrcs.add(unsigned32(in));
    }
    return new RtcpPacket.Remb(sender, mantissa << (high >> 2), List.copyOf(ssrcs));
  }

  private static long unsigned32(ByteBuffer in) {
    return in.getInt() & 0xffffffffL;
  }
}
