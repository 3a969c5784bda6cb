package io.github.jvbwhip.core.stun;

import java.nio.ByteBuffer;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * What FFmpeg's WHIP muxer leaves out of its STUN messages, and ice4j insists on: its first checks
 * have no PRIORITY (RFC 8445 §7.1.1), and its answers to checks no XOR-MAPPED-ADDRESS (§7.3.1.2).
 */
public final class StunRepair {
  static final int XOR_MAPPED_ADDRESS = 0x0020;
  private static final int PRIORITY = 0x0024;

  /** What a check's PRIORITY would be: type preference 110, peer reflexive (RFC 8445 §5.1.2). */
  private static final int PEER_REFLEXIVE_PRIORITY = (110 << 24) | (65535 << 8) | 255;

  private StunRepair() {}

  /**
   * The attribute that a message lacks, with its header; null where nothing is missing.
   *
   * @param messageType such as {@link StunMessage#BINDING_REQUEST}
   * @param contains whether the message has an attribute of that type
   * @param address where the message came to, 4 or 16 bytes: what the peer has seen of the check
   *     that it answers, unless there is a NAT before this server
   * @param transactionId 12 bytes
   */
  public static byte @Nullable [] missing(
      int messageType, IntPredicate contains, byte[] address, int port, byte[] transactionId) {
    return switch (messageType) {
      case StunMessage.BINDING_REQUEST ->
          contains.test(PRIORITY)
              ? null
              : attribute(PRIORITY, ByteBuffer.allocate(4).putInt(PEER_REFLEXIVE_PRIORITY).array());
      case StunMessage.BINDING_SUCCESS ->
          contains.test(XOR_MAPPED_ADDRESS) ? null : xorMapped(address, port, transactionId);
      default -> null;
    };
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
