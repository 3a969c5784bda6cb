package io.github.jvbwhip.core.stun;

import java.nio.ByteBuffer;
import java.util.function.IntPredicate;

/**
 * What FFmpeg's WHIP muxer leaves out of its STUN messages, and ice4j insists on: its first checks
 * have no PRIORITY (RFC 8445 §7.1.1), and its answers to checks no XOR-MAPPED-ADDRESS (§7.3.1.2).
 */
public final class StunRepair {
  /** The types of what may be missing. */
  public static final int PRIORITY = 0x0024;

  public static final int XOR_MAPPED_ADDRESS = 0x0020;

  /** Of a message that is complete. */
  public static final int NOTHING = -1;

  /** What a check's PRIORITY would be: type preference 110, peer reflexive (RFC 8445 §5.1.2). */
  public static final int PEER_REFLEXIVE_PRIORITY = (110 << 24) | (65535 << 8) | 255;

  private StunRepair() {}

  /**
   * The type of the attribute that a message lacks, or {@link #NOTHING}.
   *
   * <p>A missing XOR-MAPPED-ADDRESS is the address that the message came to: what the peer has seen
   * of the check that it answers, unless there is a NAT before this server.
   *
   * @param messageType such as {@link StunMessage#BINDING_REQUEST}
   * @param contains whether the message has an attribute of that type
   */
  public static int missing(int messageType, IntPredicate contains) {
    int needed =
        switch (messageType) {
          case StunMessage.BINDING_REQUEST -> PRIORITY;
          case StunMessage.BINDING_SUCCESS -> XOR_MAPPED_ADDRESS;
          default -> NOTHING;
        };
    return needed == NOTHING || contains.test(needed) ? NOTHING : needed;
  }

  /** The priority of a check that has none, as an attribute. */
  static byte[] priority() {
    return attribute(PRIORITY, ByteBuffer.allocate(4).putInt(PEER_REFLEXIVE_PRIORITY).array());
  }

  /** RFC 8489 §14.2: an address, XORed with the cookie and the transaction. */
  static byte[] xorMapped(byte[] address, int port, byte[] transactionId) {
    byte[] mask =
        ByteBuffer.allocate(4 + transactionId.length)
            .putInt(StunMessage.MAGIC_COOKIE)
            .put(transactionId)
            .array();
    byte[] masked = address.clone();
    for (int i = 0; i < masked.length; i++) {
      masked[i] ^= mask[i];
    }
    return attribute(
        XOR_MAPPED_ADDRESS,
        ByteBuffer.allocate(4 + masked.length)
            .putShort((short) (masked.length == 4 ? 1 : 2))
            .putShort((short) (port ^ (StunMessage.MAGIC_COOKIE >>> 16)))
            .put(masked)
            .array());
  }

  private static byte[] attribute(int type, byte[] value) {
    return ByteBuffer.allocate(StunMessage.ATTRIBUTE_HEADER + value.length)
        .putShort((short) type)
        .putShort((short) value.length)
        .put(value)
        .array();
  }
}
