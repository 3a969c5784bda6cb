package io.github.jvbwhip.core.stun;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.zip.CRC32;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A connectivity check (RFC 8445 §7.2.2), for when there is no ICE agent yet that makes one. */
public final class StunCheck {
  private static final int HEADER = 20;
  private static final int USERNAME = 0x0006;
  private static final int MESSAGE_INTEGRITY = 0x0008;
  private static final int PRIORITY = 0x0024;
  private static final int ICE_CONTROLLED = 0x8029;
  private static final int ICE_CONTROLLING = 0x802A;
  private static final int FINGERPRINT = 0x8028;
  private static final int HMAC_LENGTH = 20;

  /** RFC 8489 §14.7. */
  private static final int FINGERPRINT_XOR = 0x5354554E;

  private StunCheck() {}

  /**
   * Writes a check.
   *
   * @param username the peer's user name fragment, a colon, and one's own
   * @param password the peer's
   * @param transactionId 12 random bytes
   * @param controlling whether its sender nominates
   */
  public static byte[] write(
      String username,
      String password,
      byte[] transactionId,
      boolean controlling,
      long tieBreaker) {
    byte[] name = username.getBytes(StandardCharsets.US_ASCII);
    int padded = (name.length + 3) & ~3;
    int integrity = HEADER + 4 + padded + 8 + 12;
    int fingerprint = integrity + 4 + HMAC_LENGTH;
    ByteBuffer out = ByteBuffer.allocate(fingerprint + 8);
    out.putShort((short) StunMessage.BINDING_REQUEST);
    out.putShort((short) (fingerprint - HEADER));
    out.putInt(StunMessage.MAGIC_COOKIE).put(transactionId, 0, 12);
    out.putShort((short) USERNAME).putShort((short) name.length);
    out.put(Arrays.copyOf(name, padded));
    out.putShort((short) PRIORITY).putShort((short) 4);
    out.putInt(StunRepair.PEER_REFLEXIVE_PRIORITY);
    out.putShort((short) (controlling ? ICE_CONTROLLING : ICE_CONTROLLED))
        .putShort((short) 8)
        .putLong(tieBreaker);
    byte[] tag = hmac(out.array(), integrity, password);
    out.putShort((short) MESSAGE_INTEGRITY).putShort((short) HMAC_LENGTH).put(tag);
    out.putShort(2, (short) (fingerprint + 8 - HEADER));
    CRC32 crc = new CRC32();
    crc.update(out.array(), 0, fingerprint);
    out.putShort((short) FINGERPRINT).putShort((short) 4);
    out.putInt((int) crc.getValue() ^ FINGERPRINT_XOR);
    return out.array();
  }

  private static byte[] hmac(byte[] message, int length, String password) {
    try {
      Mac mac = Mac.getInstance("HmacSHA1");
      mac.init(new SecretKeySpec(password.getBytes(StandardCharsets.US_ASCII), "HmacSHA1"));
      mac.update(message, 0, length);
      return mac.doFinal();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("HmacSHA1 is in every Java platform", e);
    }
  }
}
