package io.github.jvbwhip.embedded.transport;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * As much of a STUN message (RFC 8489) as the port needs to know whose it is, and whether it is
 * authentic, before it costs anything. The message is a copy; the class is immutable.
 */
final class StunMessage {
  static final int BINDING_REQUEST = 0x0001;
  static final int BINDING_SUCCESS = 0x0101;
  static final int BINDING_ERROR = 0x0111;

  private static final int HEADER = 20;
  private static final int MAGIC_COOKIE = 0x2112A442;
  private static final int ATTRIBUTE_HEADER = 4;
  private static final int USERNAME = 0x0006;
  private static final int MESSAGE_INTEGRITY = 0x0008;
  private static final int ERROR_CODE = 0x0009;
  private static final int XOR_MAPPED_ADDRESS = 0x0020;
  private static final int PRIORITY = 0x0024;
  private static final int HMAC_LENGTH = 20;

  /** What a check's PRIORITY would be: type preference 110, peer reflexive (RFC 8445 §5.1.2). */
  private static final int PEER_REFLEXIVE_PRIORITY = (110 << 24) | (65535 << 8) | 255;

  /** 96 bits that pair a response with its request (RFC 8489 §5). */
  record TransactionId(long high, int low) {}

  private final byte[] bytes;
  private final Map<Integer, Integer> attributes;
  private final int integrity;

  /**
   * @param attributes where each type stands, none behind MESSAGE-INTEGRITY
   */
  private StunMessage(byte[] bytes, Map<Integer, Integer> attributes) {
    this.bytes = bytes;
    this.attributes = attributes;
    this.integrity = attributes.getOrDefault(MESSAGE_INTEGRITY, -1);
  }

  /** The message, or null when these bytes are no well-formed STUN message. */
  static @Nullable StunMessage parse(byte[] buffer, int offset, int length) {
    if (length < HEADER || (buffer[offset] & 0xc0) != 0) {
      return null;
    }
    ByteBuffer view = ByteBuffer.wrap(buffer, offset, length).slice();
    if (view.getInt(4) != MAGIC_COOKIE || (view.getShort(2) & 0xffff) != length - HEADER) {
      return null;
    }
    Map<Integer, Integer> attributes = new HashMap<>();
    int position = HEADER;
    // What follows MESSAGE-INTEGRITY is not covered by it, and ignored (RFC 8489 §14.5).
    while (position < length && !attributes.containsKey(MESSAGE_INTEGRITY)) {
      if (length - position < ATTRIBUTE_HEADER) {
        return null;
      }
      int type = view.getShort(position) & 0xffff;
      int valueLength = view.getShort(position + 2) & 0xffff;
      int padded = (valueLength + 3) & ~3;
      if (padded > length - position - ATTRIBUTE_HEADER) {
        return null;
      }
      if (type == MESSAGE_INTEGRITY && valueLength != HMAC_LENGTH) {
        return null;
      }
      attributes.put(type, position);
      position += ATTRIBUTE_HEADER + padded;
    }
    byte[] copy = Arrays.copyOfRange(buffer, offset, offset + length);
    return new StunMessage(copy, attributes);
  }

  int type() {
    return ((bytes[0] & 0xff) << 8) | (bytes[1] & 0xff);
  }

  TransactionId transactionId() {
    ByteBuffer view = ByteBuffer.wrap(bytes);
    return new TransactionId(view.getLong(8), view.getInt(16));
  }

  /** The whole message; not to be changed. */
  byte[] bytes() {
    return bytes;
  }

  /** The part of the user name before the colon: the fragment of the one who is asked. */
  @Nullable String localUfrag() {
    Integer username = attributes.get(USERNAME);
    if (username == null) {
      return null;
    }
    int length = ((bytes[username + 2] & 0xff) << 8) | (bytes[username + 3] & 0xff);
    int start = username + ATTRIBUTE_HEADER;
    for (int i = start; i < start + length; i++) {
      if (bytes[i] == ':') {
        return new String(bytes, start, i - start, StandardCharsets.US_ASCII);
      }
    }
    return null;
  }

  /** The code of an error response (RFC 8489 §14.8), such as 487; 0 when there is none. */
  int errorCode() {
    Integer at = attributes.get(ERROR_CODE);
    if (at == null || ByteBuffer.wrap(bytes).getShort(at + 2) < 4) {
      return 0;
    }
    return (bytes[at + ATTRIBUTE_HEADER + 2] & 7) * 100 + (bytes[at + ATTRIBUTE_HEADER + 3] & 0xff);
  }

  /**
   * The success response to the request that this message answers otherwise.
   *
   * @param address where the request came from
   * @param password of the one who was asked, which signs it
   */
  StunMessage asSuccess(InetSocketAddress address, byte[] password) {
    byte[] unsigned = Arrays.copyOf(bytes, HEADER + ATTRIBUTE_HEADER + HMAC_LENGTH);
    unsigned[0] = BINDING_SUCCESS >> 8;
    unsigned[1] = BINDING_SUCCESS & 0xff;
    return new StunMessage(unsigned, Map.of(MESSAGE_INTEGRITY, HEADER))
        .withMappedAddress(address, password);
  }

  /** Whether MESSAGE-INTEGRITY is there, and was made with this password (RFC 8445 §7.1.2). */
  boolean isAuthentic(byte[] password) {
    return integrity >= 0
        && MessageDigest.isEqual(
            hmac(bytes, integrity, password),
            Arrays.copyOfRange(
                bytes, integrity + ATTRIBUTE_HEADER, integrity + ATTRIBUTE_HEADER + HMAC_LENGTH));
  }

  /**
   * The same request with the PRIORITY that RFC 8445 §7.1.1 demands. FFmpeg's first WHIP muxer
   * leaves it out, and ice4j refuses the check then. Call it on an authentic request only: it is
   * signed again.
   */
  StunMessage withPriority(byte[] password) {
    byte[] value = ByteBuffer.allocate(4).putInt(PEER_REFLEXIVE_PRIORITY).array();
    return with(PRIORITY, value, password);
  }

  /**
   * The same success response with the XOR-MAPPED-ADDRESS that RFC 8445 §7.3.1.2 demands. FFmpeg's
   * WHIP muxer leaves it out, and ice4j takes the check for failed then.
   *
   * @param address that the check was sent from: what the peer has seen, unless there is a NAT
   *     before this server
   * @param password of the peer, which signed the response
   */
  StunMessage withMappedAddress(InetSocketAddress address, byte[] password) {
    return with(XOR_MAPPED_ADDRESS, xorMapped(address), password);
  }

  /** Puts an attribute before MESSAGE-INTEGRITY, where it is missing, and signs again. */
  private StunMessage with(int type, byte[] value, byte[] password) {
    if (attributes.containsKey(type) || integrity < 0) {
      return this;
    }
    int newIntegrity = integrity + ATTRIBUTE_HEADER + value.length;
    int end = newIntegrity + ATTRIBUTE_HEADER + HMAC_LENGTH;
    ByteBuffer out = ByteBuffer.allocate(end);
    out.put(bytes, 0, integrity);
    out.putShort((short) type).putShort((short) value.length).put(value);
    byte[] signed = out.array();
    byte[] tag = hmac(signed, newIntegrity, password);
    out.putShort((short) MESSAGE_INTEGRITY).putShort((short) HMAC_LENGTH).put(tag);
    out.putShort(2, (short) (end - HEADER));
    Map<Integer, Integer> known = new HashMap<>(attributes);
    known.put(type, integrity);
    known.put(MESSAGE_INTEGRITY, newIntegrity);
    return new StunMessage(signed, known);
  }

  /** RFC 8489 §14.2: an address, XORed with the cookie and the transaction. */
  private byte[] xorMapped(InetSocketAddress address) {
    byte[] raw = address.getAddress().getAddress();
    for (int i = 0; i < raw.length; i++) {
      raw[i] ^= bytes[4 + i];
    }
    return ByteBuffer.allocate(4 + raw.length)
        .putShort((short) (raw.length == 4 ? 1 : 2))
        .putShort((short) (address.getPort() ^ (MAGIC_COOKIE >>> 16)))
        .put(raw)
        .array();
  }

  /** The HMAC of what precedes the attribute, with the length that ends just after it. */
  private static byte[] hmac(byte[] message, int integrity, byte[] password) {
    try {
      Mac mac = Mac.getInstance("HmacSHA1");
      mac.init(new SecretKeySpec(password, "HmacSHA1"));
      int length = integrity - HEADER + ATTRIBUTE_HEADER + HMAC_LENGTH;
      mac.update(message, 0, 2);
      mac.update((byte) (length >> 8));
      mac.update((byte) length);
      mac.update(message, 4, integrity - 4);
      return mac.doFinal();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("HmacSHA1 is in every Java platform", e);
    }
  }
}
