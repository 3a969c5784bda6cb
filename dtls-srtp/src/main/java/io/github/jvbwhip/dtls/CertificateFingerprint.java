package io.github.jvbwhip.dtls;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The fingerprint of a certificate (RFC 8122 §5).
 *
 * @param hash the name of the hash function, such as {@code sha-256}
 * @param value pairs of hexadecimal digits with colons between them
 */
public record CertificateFingerprint(String hash, String value) {
  /** What the project takes for collision resistant, with the platform's names. */
  private static final Map<String, String> ALGORITHMS =
      Map.of("sha-256", "SHA-256", "sha-384", "SHA-384", "sha-512", "SHA-512");

  private static final HexFormat PAIRS = HexFormat.ofDelimiter(":").withUpperCase();

  /** The SHA-256 fingerprint of a certificate in DER. */
  public static CertificateFingerprint sha256(byte[] certificate) {
    return new CertificateFingerprint("sha-256", digest("SHA-256", certificate));
  }

  /**
   * Reads the value of an {@code a=fingerprint} attribute.
   *
   * @throws IllegalArgumentException when it is none
   */
  public static CertificateFingerprint parse(String attribute) {
    int space = attribute.indexOf(' ');
    if (space < 1) {
      throw new IllegalArgumentException("not a fingerprint: " + attribute);
    }
    return new CertificateFingerprint(
        attribute.substring(0, space), attribute.substring(space + 1).strip());
  }

  /** Whether a certificate can be checked against it at all. */
  public boolean isUsable() {
    return algorithm() != null;
  }

  /** Whether it is usable, and that of this certificate. */
  public boolean matches(byte[] certificate) {
    String algorithm = algorithm();
    return algorithm != null && digest(algorithm, certificate).equalsIgnoreCase(value);
  }

  /** The value of an {@code a=fingerprint} attribute. */
  @Override
  public String toString() {
    return hash + " " + value;
  }

  private @Nullable String algorithm() {
    return ALGORITHMS.get(hash.toLowerCase(Locale.ROOT));
  }

  private static String digest(String algorithm, byte[] certificate) {
    try {
      return PAIRS.formatHex(MessageDigest.getInstance(algorithm).digest(certificate));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("SHA-2 is in every Java platform", e);
    }
  }
}
