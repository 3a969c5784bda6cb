package io.github.jvbwhip.core.text;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 (FIPS 180-4). Stateless. */
public final class Sha256 {
  private Sha256() {}

  /** The 32 bytes of a text's digest, in UTF-8. */
  public static byte[] of(String text) {
    return of(text.getBytes(StandardCharsets.UTF_8));
  }

  /** The 32 bytes of the digest. */
  public static byte[] of(byte[] content) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(content);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** A text's digest in 64 hexadecimal digits, in small letters. */
  public static String hex(String text) {
    return HexFormat.of().formatHex(of(text));
  }
}
