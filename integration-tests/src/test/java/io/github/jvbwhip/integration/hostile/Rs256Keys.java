package io.github.jvbwhip.integration.hostile;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.util.Base64;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;

/** A key pair whose public key a server knows, and tokens that claim to be signed by it. */
final class Rs256Keys {
  private final KeyPair pair;
  private final String pem;

  Rs256Keys() {
    try {
      pair = KeyPairGenerator.getInstance("RSA").generateKeyPair();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has RSA", e);
    }
    pem =
        "-----BEGIN PUBLIC KEY-----\n"
            + Base64.encode(pair.getPublic().getEncoded())
            + "\n-----END PUBLIC KEY-----\n";
  }

  /** A file with the public key. */
  String file() {
    try {
      Path file = Files.createTempFile(Path.of("target"), "key-", ".pem");
      return Files.writeString(file, pem).toAbsolutePath().toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Signed by it, for a room, good from and until then. */
  String token(String room, Duration from, Duration until) {
    return signed(
        JWSAlgorithm.RS256, claims(room, from, until), new RSASSASigner(pair.getPrivate()));
  }

  /** Good for an hour. */
  String token(String room) {
    return token(room, Duration.ofHours(-1), Duration.ofHours(1));
  }

  /** The same without a signature. */
  String unsigned(String room) {
    return new PlainJWT(claims(room, Duration.ZERO, Duration.ofHours(1))).serialize();
  }

  /** The same signed with the public key as if that were a secret (RFC 8725 §2.1). */
  String confused(String room) {
    try {
      return signed(
          JWSAlgorithm.HS256,
          claims(room, Duration.ZERO, Duration.ofHours(1)),
          new MACSigner(pem.getBytes(StandardCharsets.US_ASCII)));
    } catch (JOSEException e) {
      throw new AssertionError(e);
    }
  }

  private static JWTClaimsSet claims(String room, Duration from, Duration until) {
    Instant now = Instant.now();
    return new JWTClaimsSet.Builder()
        .claim("room", room)
        .notBeforeTime(Date.from(now.plus(from)))
        .expirationTime(Date.from(now.plus(until)))
        .build();
  }

  private static String signed(JWSAlgorithm algorithm, JWTClaimsSet claims, JWSSigner signer) {
    try {
      SignedJWT token = new SignedJWT(new JWSHeader(algorithm), claims);
      token.sign(signer);
      return token.serialize();
    } catch (JOSEException e) {
      throw new AssertionError(e);
    }
  }
}
