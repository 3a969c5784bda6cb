package io.github.jvbwhip.testpeer.transport;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.HexFormat;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.crypto.util.PrivateKeyFactory;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.tls.Certificate;
import org.bouncycastle.tls.crypto.TlsCertificate;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCertificate;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCrypto;

/** A self-signed P-256 certificate with its key, and how SDP names it (RFC 8122). Immutable. */
public final class DtlsIdentity {
  static final BcTlsCrypto CRYPTO = new BcTlsCrypto(new SecureRandom());

  private final Certificate certificate;
  private final AsymmetricKeyParameter privateKey;
  private final String fingerprint;

  private DtlsIdentity(
      Certificate certificate, AsymmetricKeyParameter privateKey, String fingerprint) {
    this.certificate = certificate;
    this.privateKey = privateKey;
    this.fingerprint = fingerprint;
  }

  /** A fresh identity that is valid around {@code now}. */
  public static DtlsIdentity generate(Instant now) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      KeyPair keys = generator.generateKeyPair();
      X500Name name = new X500Name("CN=test-peer");
      X509CertificateHolder holder =
          new X509v3CertificateBuilder(
                  name,
                  BigInteger.valueOf(now.toEpochMilli()),
                  Date.from(now.minus(Duration.ofDays(1))),
                  Date.from(now.plus(Duration.ofDays(7))),
                  name,
                  SubjectPublicKeyInfo.getInstance(keys.getPublic().getEncoded()))
              .build(new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate()));
      TlsCertificate tls = new BcTlsCertificate(CRYPTO, holder.toASN1Structure());
      return new DtlsIdentity(
          new Certificate(new TlsCertificate[] {tls}),
          PrivateKeyFactory.createKey(keys.getPrivate().getEncoded()),
          fingerprint("sha-256", holder.getEncoded()));
    } catch (GeneralSecurityException | OperatorCreationException | IOException e) {
      throw new IllegalStateException("cannot make a certificate", e);
    }
  }

  Certificate certificate() {
    return certificate;
  }

  AsymmetricKeyParameter privateKey() {
    return privateKey;
  }

  /** The value of {@code a=fingerprint}: hash function, a space, hex pairs with colons. */
  public String fingerprint() {
    return fingerprint;
  }

  /** The value of {@code a=fingerprint} for a DER certificate. */
  static String fingerprint(String hashFunction, byte[] der) throws GeneralSecurityException {
    byte[] digest = MessageDigest.getInstance(hashFunction).digest(der);
    return hashFunction + " " + HexFormat.ofDelimiter(":").withUpperCase().formatHex(digest);
  }
}
