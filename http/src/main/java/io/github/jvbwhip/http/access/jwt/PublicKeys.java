package io.github.jvbwhip.http.access.jwt;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.AsymmetricJWK;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.OctetKeyPair;
import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.cert.CertificateFactory;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Public keys as they are written down. */
final class PublicKeys {
  private static final Pattern PEM =
      Pattern.compile(
          "-----BEGIN (?<kind>PUBLIC KEY|CERTIFICATE)-----(?<body>[^-]+)-----END \\k<kind>-----");

  /** What comes before the 32 bytes of an Ed25519 key in SubjectPublicKeyInfo (RFC 8410 §4). */
  private static final byte[] ED25519 = HexFormat.of().parseHex("302a300506032b6570032100");

  private PublicKeys() {}

  /**
   * The key in a PEM file: a public key (SubjectPublicKeyInfo) or a certificate.
   *
   * @throws GeneralSecurityException when there is none that can be used
   */
  static PublicKey ofPem(String text) throws GeneralSecurityException {
    Matcher pem = PEM.matcher(text);
    if (!pem.find()) {
      throw new GeneralSecurityException("no public key or certificate in PEM");
    }
    byte[] body;
    try {
      body = Base64.getMimeDecoder().decode(pem.group("body"));
    } catch (IllegalArgumentException e) {
      throw new GeneralSecurityException("not well-formed", e);
    }
    return pem.group("kind").equals("CERTIFICATE")
        ? CertificateFactory.getInstance("X.509")
            .generateCertificate(new ByteArrayInputStream(body))
            .getPublicKey()
        : ofInfo(body);
  }

  private static PublicKey ofInfo(byte[] encoded) throws GeneralSecurityException {
    for (String algorithm : List.of("RSA", "EC", "Ed25519")) {
      try {
        return KeyFactory.getInstance(algorithm).generatePublic(new X509EncodedKeySpec(encoded));
      } catch (GeneralSecurityException e) {
        continue; // One of another algorithm.
      }
    }
    throw new GeneralSecurityException("a key that is none of RSA, EC and Ed25519");
  }

  /** The key of a JWK, where it is a public one for signatures. */
  static Optional<PublicKey> of(JWK key) {
    if (key.getKeyUse() != null && !key.getKeyUse().equals(KeyUse.SIGNATURE)) {
      return Optional.empty();
    }
    try {
      if (key instanceof OctetKeyPair pair) {
        return Curve.Ed25519.equals(pair.getCurve())
            ? Optional.of(ofInfo(concat(ED25519, pair.getDecodedX())))
            : Optional.empty();
      }
      return key instanceof AsymmetricJWK asymmetric
          ? Optional.of(asymmetric.toPublicKey())
          : Optional.empty();
    } catch (JOSEException | GeneralSecurityException e) {
      return Optional.empty();
    }
  }

  private static byte[] concat(byte[] first, byte[] second) {
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }
}
