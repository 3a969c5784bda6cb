package io.github.jvbwhip.http.access.jwt;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.factories.DefaultJWSVerifierFactory;
import com.nimbusds.jwt.SignedJWT;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Set;
import javax.crypto.SecretKey;

/**
 * Which algorithm goes with which key, decided by the key alone: what a token says of itself picks
 * none that its key is not made for.
 */
final class Signatures {
  private static final Set<JWSAlgorithm> SECRET = Set.copyOf(JWSAlgorithm.Family.HMAC_SHA);
  private static final Set<JWSAlgorithm> RSA = Set.copyOf(JWSAlgorithm.Family.RSA);
  private static final Set<JWSAlgorithm> EC =
      Set.of(JWSAlgorithm.ES256, JWSAlgorithm.ES384, JWSAlgorithm.ES512);
  private static final Set<JWSAlgorithm> ED = Set.of(JWSAlgorithm.EdDSA, JWSAlgorithm.Ed25519);

  private Signatures() {}

  /** Whether that key is one for that algorithm. */
  static boolean fits(JWSAlgorithm algorithm, Key key) {
    if (key instanceof SecretKey) {
      return SECRET.contains(algorithm);
    } else if (key instanceof RSAPublicKey) {
      return RSA.contains(algorithm);
    } else if (key instanceof ECPublicKey) {
      return EC.contains(algorithm);
    }
    return key instanceof EdECPublicKey && ED.contains(algorithm);
  }

  /** Whether the token is signed by who has that key. */
  static boolean isGood(SignedJWT token, Key key) {
    JWSHeader header = token.getHeader();
    if (!fits(header.getAlgorithm(), key)) {
      return false;
    }
    try {
      if (key instanceof EdECPublicKey) {
        // The library wants another one for these; Java has them itself.
        return header.getCriticalParams() == null && isEdwardsGood(token, (PublicKey) key);
      }
      JWSVerifier verifier = new DefaultJWSVerifierFactory().createJWSVerifier(header, key);
      return token.verify(verifier);
    } catch (JOSEException | GeneralSecurityException | RuntimeException e) {
      return false; // The key is of another curve or length, or the signature is none at all.
    }
  }

  private static boolean isEdwardsGood(SignedJWT token, PublicKey key)
      throws GeneralSecurityException {
    Signature signature = Signature.getInstance("EdDSA");
    signature.initVerify(key);
    signature.update(token.getSigningInput());
    return signature.verify(token.getSignature().decode());
  }
}
