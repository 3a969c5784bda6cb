package io.github.jvbwhip.embedded.transport;

import io.github.jvbwhip.core.bridge.Fingerprint;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;

/** Fingerprints of certificates (RFC 8122 §5). */
final class CertificateFingerprints {
  /** What the project takes for collision resistant, with the platform's names. */
  private static final Map<String, String> ALGORITHMS =
      Map.of("sha-256", "SHA-256", "sha-384", "SHA-384", "sha-512", "SHA-512");

  private CertificateFingerprints() {}

  /** Whether a certificate can be checked against one of these at all. */
  static boolean areUsable(List<Fingerprint> fingerprints) {
    return fingerprints.stream().anyMatch(fingerprint -> algorithm(fingerprint).isPresent());
  }

  /** Whether one of the usable fingerprints is that of the certificate. */
  static boolean match(List<Fingerprint> fingerprints, byte[] certificate) {
    return fingerprints.stream()
        .anyMatch(
            fingerprint ->
                algorithm(fingerprint)
                    .map(name -> hash(name, certificate).equalsIgnoreCase(fingerprint.value()))
                    .orElse(false));
  }

  /** The SHA-256 fingerprint of a certificate. */
  static Fingerprint sha256(byte[] certificate) {
    return new Fingerprint("sha-256", hash("SHA-256", certificate));
  }

  private static Optional<String> algorithm(Fingerprint fingerprint) {
    return Optional.ofNullable(ALGORITHMS.get(fingerprint.hash().toLowerCase(Locale.ROOT)));
  }

  private static String hash(String algorithm, byte[] certificate) {
    byte[] digest;
    try {
      digest = MessageDigest.getInstance(algorithm).digest(certificate);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("SHA-2 is in every Java platform", e);
    }
    StringJoiner value = new StringJoiner(":");
    for (byte octet : digest) {
      value.add(String.format(Locale.ROOT, "%02X", octet));
    }
    return value.toString();
  }
}
