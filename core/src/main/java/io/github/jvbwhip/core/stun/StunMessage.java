package io.github.jvbwhip.core.stun;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.CRC32;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * As much of a STUN message (RFC 8489) as a bridge needs to know whose it is, and whether it is
 * authentic, before it costs anything. The message is a copy; the class is immutable.
 */
public final class StunMessage {
  public static final int BINDING_REQUEST = 0x0001;
  public static final int BINDING_SUCCESS = 0x0101;
  public static final int BINDING_ERROR = 0x0111;

  private static final int HEADER = 20;
  static final int MAGIC_COOKIE = 0x2112A442;
  static final int ATTRIBUTE_HEADER = 4;
  private static final int USERNAME = 0x0006;
  private static final int MESSAGE_INTEGRITY = 0x0008;
  private static final int ERROR_CODE = 0x0009;
  private static final int USE_CANDIDATE = 0x0025;
  private static final int FINGERPRINT = 0x8028;
  private static final int ICE_CONTROLLED = 0x8029;
  private static final int ICE_CONTROLLING = 0x802A;
  private static final int TRANSACTION_ID = 8;
  private static final int TRANSACTION_ID_LENGTH = 12;
  private static final int HMAC_LENGTH = 20;
  private static final int FINGERPRINT_MASK = 0x5354554e;
  private static final SecureRandom RANDOM = new SecureRandom();

  /** 96 bits that pair a response with its request (RFC 8489 §5). */
  public record TransactionId(long high, int low) {}

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
  public static @Nullable StunMessage parse(byte[] buffer, int offset, int length) {
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

  /**
   * A check of a candidate pair (RFC 8445 §7.2.2), with a new transaction.
   *
   * @param username the peer's fragment, a colon, one's own
   * @param controlling whether its sender decides which pair is nominated
   * @param nominating whether it nominates this one
   * @param password of the peer, which signs it
   */
  public static StunMessage check(
      String username, boolean controlling, boolean nominating, long tieBreaker, byte[] password) {
    byte[] transactionId = newTransactionId();
    byte[] name = username.getBytes(StandardCharsets.UTF_8);
    int padded = (name.length + 3) & ~3;
    ByteBuffer out = ByteBuffer.allocate(HEADER + padded + 4 * ATTRIBUTE_HEADER + 12);
    out.putShort((short) BINDING_REQUEST).putShort((short) 0).putInt(MAGIC_COOKIE);
    out.put(transactionId);
    out.putShort((short) USERNAME).putShort((short) name.length).put(name);
    out.position(HEADER + ATTRIBUTE_HEADER + padded);
    out.putShort((short) (controlling ? ICE_CONTROLLING : ICE_CONTROLLED)).putShort((short) 8);
    out.putLong(tieBreaker);
    if (nominating) {
      out.putShort((short) USE_CANDIDATE).putShort((short) 0);
    }
    return sign(out.array(), out.position(), Map.of(), StunRepair.priority(), password)
        .withFingerprint();
  }

  /** The bytes of an id that nobody can guess (RFC 8489 §5). */
  public static byte[] newTransactionId() {
    byte[] id = new byte[TRANSACTION_ID_LENGTH];
    RANDOM.nextBytes(id);
    return id;
  }

  public int type() {
    return ((bytes[0] & 0xff) << 8) | (bytes[1] & 0xff);
  }

  public TransactionId transactionId() {
    ByteBuffer view = ByteBuffer.wrap(bytes);
    return new TransactionId(view.getLong(TRANSACTION_ID), view.getInt(16));
  }

  /** The whole message; not to be changed. */
  public byte[] bytes() {
    return bytes;
  }

  /** The part of the user name before the colon: the fragment of the one who is asked. */
  public @Nullable String localUfrag() {
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

  /** Whether a check nominates its pair (RFC 8445 §7.1.2). */
  public boolean nominates() {
    return attributes.containsKey(USE_CANDIDATE);
  }

  /** The code of an error response (RFC 8489 §14.8), such as 487; 0 when there is none. */
  public int errorCode() {
    Integer at = attributes.get(ERROR_CODE);
    if (at == null || ByteBuffer.wrap(bytes).getShort(at + 2) < 4) {
      return 0;
    }
    return (bytes[at + ATTRIBUTE_HEADER + 2] & 7) * 100 + (bytes[at + ATTRIBUTE_HEADER + 3] & 0xff);
  }

  /**
   * The success response to the request that this message answers otherwise.
   *
   * @param address where the request came from, 4 or 16 bytes
   * @param password of the one who was asked, which signs it
   */
  public StunMessage asSuccess(byte[] address, int port, byte[] password) {
    byte[] header = Arrays.copyOf(bytes, HEADER);
    header[0] = BINDING_SUCCESS >> 8;
    header[1] = BINDING_SUCCESS & 0xff;
    return sign(
            header,
            HEADER,
            Map.of(),
            StunRepair.xorMapped(address, port, rawTransactionId()),
            password)
        .withFingerprint();
  }

  /** The same with a FINGERPRINT at its end, without which browsers drop what comes for ICE. */
  private StunMessage withFingerprint() {
    ByteBuffer out = ByteBuffer.allocate(bytes.length + ATTRIBUTE_HEADER + 4).put(bytes);
    out.putShort(2, (short) (out.capacity() - HEADER));
    CRC32 crc = new CRC32();
    crc.update(out.array(), 0, bytes.length);
    out.putShort((short) FINGERPRINT).putShort((short) 4);
    out.putInt((int) crc.getValue() ^ FINGERPRINT_MASK);
    return new StunMessage(out.array(), attributes);
  }

  /** Whether MESSAGE-INTEGRITY is there, and was made with this password (RFC 8445 §7.1.2). */
  public boolean isAuthentic(byte[] password) {
    return integrity >= 0
        && MessageDigest.isEqual(
            hmac(bytes, integrity, password),
            Arrays.copyOfRange(
                bytes, integrity + ATTRIBUTE_HEADER, integrity + ATTRIBUTE_HEADER + HMAC_LENGTH));
  }

  /**
   * The same message with what {@link StunRepair} finds missing, signed again: to be called on an
   * authentic message only.
   *
   * @param address where the message came to, 4 or 16 bytes
   * @param password that the message is signed with
   */
  public StunMessage repaired(byte[] address, int port, byte[] password) {
    if (integrity < 0) {
      return this;
    }
    return switch (StunRepair.missing(type(), attributes::containsKey)) {
      case StunRepair.PRIORITY ->
          sign(bytes, integrity, attributes, StunRepair.priority(), password);
      case StunRepair.XOR_MAPPED_ADDRESS ->
          sign(
              bytes,
              integrity,
              attributes,
              StunRepair.xorMapped(address, port, rawTransactionId()),
              password);
      default -> this;
    };
  }

  /**
   * The same message as one of another transaction, signed again: to be called on an authentic
   * message only.
   *
   * @param password that the message is signed with
   */
  public StunMessage anew(byte[] password) {
    byte[] copy = Arrays.copyOf(bytes, integrity + ATTRIBUTE_HEADER + HMAC_LENGTH);
    ByteBuffer out = ByteBuffer.wrap(copy);
    out.putShort(2, (short) (copy.length - HEADER));
    out.position(TRANSACTION_ID).put(newTransactionId());
    out.position(integrity + ATTRIBUTE_HEADER).put(hmac(copy, integrity, password));
    return new StunMessage(copy, attributes);
  }

  private byte[] rawTransactionId() {
    return Arrays.copyOfRange(bytes, TRANSACTION_ID, HEADER);
  }

  /** What stands before {@code end}, one more attribute, and MESSAGE-INTEGRITY over them. */
  private static StunMessage sign(
      byte[] message, int end, Map<Integer, Integer> known, byte[] attribute, byte[] password) {
    int integrity = end + attribute.length;
    int length = integrity + ATTRIBUTE_HEADER + HMAC_LENGTH;
    ByteBuffer out = ByteBuffer.allocate(length);
    out.put(message, 0, end).put(attribute);
    byte[] signed = out.array();
    byte[] tag = hmac(signed, integrity, password);
    out.putShort((short) MESSAGE_INTEGRITY).putShort((short) HMAC_LENGTH).put(tag);
    out.putShort(2, (short) (length - HEADER));
    Map<Integer, Integer> attributes = new HashMap<>(known);
    attributes.put(ByteBuffer.wrap(attribute).getShort() & 0xffff, end);
    attributes.put(MESSAGE_INTEGRITY, integrity);
    return new StunMessage(signed, attributes);
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
