package io.github.jvbwhip.core.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HexFormat;

/**
 * A packet in the middle of a larger buffer, with guard bytes around it that no view or rewriter
 * may touch.
 */
public final class PacketBuffer {
  private static final byte GUARD = (byte) 0xA5;
  private static final int ROOM = 64;

  public final byte[] bytes;
  public final int off;
  public final int len;

  private PacketBuffer(byte[] packet, int off) {
    this.bytes = new byte[off + packet.length + ROOM];
    this.off = off;
    this.len = packet.length;
    Arrays.fill(bytes, GUARD);
    System.arraycopy(packet, 0, bytes, off, len);
  }

  /** A packet from hex digits; blanks are for the reader. */
  public static PacketBuffer of(int off, String hex) {
    return new PacketBuffer(HexFormat.of().parseHex(hex.replace(" ", "")), off);
  }

  public static PacketBuffer of(int off, byte[] packet) {
    return new PacketBuffer(packet, off);
  }

  /**
   * RTP: payload type 96, sequence number 0x1234, timestamp 0x56789abc, SSRC 0xdef01234, payload
   * aabb.
   */
  public static PacketBuffer rtp(int off) {
    return of(off, "8060 1234 56789abc def01234 aabb");
  }

  /**
   * The same with an extension block: profile and content, whose length is a multiple of 4 bytes.
   */
  public static PacketBuffer rtp(int off, String profile, String content) {
    int words = content.replace(" ", "").length() / 8;
    String block = profile + String.format("%04x", words) + content;
    return of(off, "9060 1234 56789abc def01234" + block + "aabb");
  }

  public String hex() {
    return hex(off, len);
  }

  public String hex(int from, int length) {
    return HexFormat.of().formatHex(bytes, from, from + length);
  }

  /** The content of the extension block. */
  public String extensionHex() {
    int block = RtpHeader.extensionOffset(bytes, off);
    return hex(block + 4, 4 * Bytes.u16(bytes, block + 2));
  }

  public void assertGuardsUntouched() {
    for (int i = 0; i < bytes.length; i++) {
      if (i < off || i >= off + len) {
        assertThat(bytes[i]).as("byte %d around the packet", i).isEqualTo(GUARD);
      }
    }
  }
}
