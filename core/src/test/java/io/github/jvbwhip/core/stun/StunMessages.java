package io.github.jvbwhip.core.stun;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Messages of the tests, signed with the password of RFC 5769. */
final class StunMessages {
  private static final byte[] KEY = "VOkJxbRl1RmTxUk/WvJxBt".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] TRANSACTION = HexFormat.of().parseHex("b7e7a701bc34d686fa87dfae");

  private StunMessages() {}

  /** A message with these attributes, and MESSAGE-INTEGRITY behind them. */
  static StunMessage signed(int type, byte[] attributes) {
    ByteBuffer message = ByteBuffer.allocate(20 + attributes.length + 24);
    message.putShort((short) type).putShort((short) (attributes.length + 24));
    message.putInt(StunMessage.MAGIC_COOKIE).put(TRANSACTION).put(attributes);
    message.putShort((short) 0x0008).putShort((short) 20);
    byte[] bytes = message.array();
    message.put(hmac(bytes, 20 + attributes.length));
    return StunMessage.parse(bytes, 0, bytes.length);
  }

  /** RFC 8489 §14.5. */
  private static byte[] hmac(byte[] message, int length) {
    try {
      Mac mac = Mac.getInstance("HmacSHA1");
      mac.init(new SecretKeySpec(KEY, "HmacSHA1"));
      mac.update(message, 0, length);
      return mac.doFinal();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
