package io.github.jvbwhip.embedded.transport;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
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
  private static final int PRIORITY = 0x0024;
  private static final int HMAC_LENGTH = 20;

  /** What a check's PRIORITY would be: type preference 110, peer reflexive (RFC 8445 §5.1.2). */
  private static final int PEER_REFLEXIVE_PRIORITY = (110 << 24) | (65535 << 8) | 255;

  /** 96 bits that pair a response with its request (RFC 8489 §5). */
  record TransactionId(long high, int low) {}

  private final byte[] bytes;
  private final int username;
  private final int integrity;
  private final boolean hasPriority;

  private StunMessage(byte[] bytes, int username, int integrity, boolean hasPriority) {
    this.bytes = bytes;
    this.username = username;
    this.integrity = integrity;
    this.hasPriority = hasPriority;
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
    int username = -1;
    int integrity = -1;
    boolean hasPriority = false;
    int position = HEADER;
    // What follows MESSAGE-INTEGRITY is not covered by it, and ignored (RFC 8489 §14.5).
    while (position < length && integrity < 0) {
      if (length - position < ATTRIBUTE_HEADER) {
        return null;
      }
      int type = view.getShort(position) & 0xffff;
      int valueLength = view.getShort(position + 2) & 0xffff;
      int padded = (valueLength + 3) & ~3;
      if (padded > length - position - ATTRIBUTE_HEADER) {
        return null;
      }
      switch (type) {
        case USERNAME -> username = position;
        case PRIORITY -> hasPriority = true;
        case MESSAGE_INTEGRITY -> {
          if (valueLength != HMAC_LENGTH) {
            return null;
          }
          integrity = position;
        }
        default -> {}
      }
      position += ATTRIBUTE_HEADER + padded;
    }
    byte[] copy = Arrays.copyOfRange(buffer, offset, offset + length);
    return new StunMessage(copy, username, integrity, hasPriority);
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
    if (username < 0) {
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
    if (hasPriority || integrity < 0) {
      return this;
    }
    int end = integrity + ATTRIBUTE_HEADER + 4 + ATTRIBUTE_HEADER + HMAC_LENGTH;
    ByteBuffer out = ByteBuffer.allocate(end);
    out.put(bytes, 0, integrity);
    out.putShort((short) PRIORITY).putShort((short) 4).putInt(PEER_REFLEXIVE_PRIORITY);
    int newIntegrity = out.position();
    byte[] signed = out.array();
    byte[] tag = hmac(signed, newIntegrity, password);
    out.putShort((short) MESSAGE_INTEGRITY).putShort((short) HMAC_LENGTH).put(tag);
    out.putShort(2, (short) (end - HEADER));
    return new StunMessage(signed, username, newIntegrity, true);
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
