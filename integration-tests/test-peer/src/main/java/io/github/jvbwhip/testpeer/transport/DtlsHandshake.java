package io.github.jvbwhip.testpeer.transport;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.Hashtable;
import java.util.List;
import java.util.Locale;
import java.util.Vector;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.Certificate;
import org.bouncycastle.tls.CertificateRequest;
import org.bouncycastle.tls.CipherSuite;
import org.bouncycastle.tls.ClientCertificateType;
import org.bouncycastle.tls.DefaultTlsClient;
import org.bouncycastle.tls.DefaultTlsServer;
import org.bouncycastle.tls.ExporterLabel;
import org.bouncycastle.tls.HashAlgorithm;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.SignatureAlgorithm;
import org.bouncycastle.tls.SignatureAndHashAlgorithm;
import org.bouncycastle.tls.TlsAuthentication;
import org.bouncycastle.tls.TlsClient;
import org.bouncycastle.tls.TlsContext;
import org.bouncycastle.tls.TlsCredentialedSigner;
import org.bouncycastle.tls.TlsCredentials;
import org.bouncycastle.tls.TlsFatalAlert;
import org.bouncycastle.tls.TlsSRTPUtils;
import org.bouncycastle.tls.TlsServer;
import org.bouncycastle.tls.TlsServerCertificate;
import org.bouncycastle.tls.TlsUtils;
import org.bouncycastle.tls.UseSRTPData;
import org.bouncycastle.tls.crypto.TlsCryptoParameters;
import org.bouncycastle.tls.crypto.impl.bc.BcDefaultTlsCredentialedSigner;
import org.jspecify.annotations.Nullable;

/**
 * What the handshake of {@link DtlsConnection} negotiates: mutual certificates that match the
 * fingerprints of the SDP, and an SRTP profile (RFC 5764). Used from the handshake's thread only.
 */
final class DtlsHandshake {
  private static final int TIMEOUT_MILLIS = 20_000;
  private static final int RESEND_MILLIS = 200;
  private static final int[] CIPHER_SUITES = {
    CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256,
    CipherSuite.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,
    CipherSuite.TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256,
  };
  private static final SignatureAndHashAlgorithm ECDSA_SHA256 =
      new SignatureAndHashAlgorithm(HashAlgorithm.sha256, SignatureAlgorithm.ecdsa);

  private final DtlsIdentity identity;
  private final List<SrtpProfile> profiles;
  private final String expectedFingerprint;
  private final boolean client;
  private final Runnable closed;
  private @Nullable SrtpProfile chosen;
  private @Nullable SrtpSession srtp;

  DtlsHandshake(
      DtlsIdentity identity,
      List<SrtpProfile> profiles,
      String expectedFingerprint,
      boolean client,
      Runnable closed) {
    this.identity = identity;
    this.profiles = profiles;
    this.expectedFingerprint = expectedFingerprint;
    this.client = client;
    this.closed = closed;
  }

  TlsClient asClient() {
    return new Client();
  }

  TlsServer asServer() {
    return new Server();
  }

  /** The keys of a handshake that has succeeded. */
  SrtpSession srtp() {
    if (srtp == null) {
      throw new IllegalStateException("no handshake has succeeded");
    }
    return srtp;
  }

  private int[] profileCodes() {
    return profiles.stream().mapToInt(SrtpProfile::code).toArray();
  }

  private void choose(@Nullable UseSRTPData theirs) throws TlsFatalAlert {
    if (theirs != null) {
      for (SrtpProfile mine : profiles) {
        for (int code : theirs.getProtectionProfiles()) {
          if (code == mine.code()) {
            chosen = mine;
            return;
          }
        }
      }
    }
    throw new TlsFatalAlert(AlertDescription.handshake_failure, "no common SRTP profile");
  }

  private void verify(@Nullable Certificate certificate) throws IOException {
    if (certificate == null || certificate.isEmpty()) {
      throw new TlsFatalAlert(AlertDescription.certificate_required, "no certificate");
    }
    String hashFunction = expectedFingerprint.split(" ", 2)[0].toLowerCase(Locale.ROOT);
    String actual;
    try {
      actual = DtlsIdentity.fingerprint(hashFunction, certificate.getCertificateAt(0).getEncoded());
    } catch (GeneralSecurityException e) {
      throw new TlsFatalAlert(AlertDescription.unsupported_certificate, e);
    }
    if (!actual.equalsIgnoreCase(expectedFingerprint)) {
      throw new TlsFatalAlert(
          AlertDescription.bad_certificate, "fingerprint is not the one of the SDP");
    }
  }

  private void complete(TlsContext context) {
    SrtpProfile profile = chosen;
    if (profile == null) {
      throw new IllegalStateException("no SRTP profile");
    }
    byte[] material =
        context.exportKeyingMaterial(
            ExporterLabel.dtls_srtp, null, 2 * (profile.keyLength() + profile.saltLength()));
    srtp = new SrtpSession(profile, material, client);
  }

  private TlsCredentialedSigner signer(TlsContext context) {
    return new BcDefaultTlsCredentialedSigner(
        new TlsCryptoParameters(context),
        DtlsIdentity.CRYPTO,
        identity.privateKey(),
        identity.certificate(),
        ECDSA_SHA256);
  }

  private void alert(short description) {
    if (description == AlertDescription.close_notify) {
      closed.run();
    }
  }

  private final class Client extends DefaultTlsClient {
    Client() {
      super(DtlsIdentity.CRYPTO);
    }

    @Override
    public Hashtable<Integer, byte[]> getClientExtensions() throws IOException {
      Hashtable<Integer, byte[]> extensions = extensions(super.getClientExtensions());
      TlsSRTPUtils.addUseSRTPExtension(
          extensions, new UseSRTPData(profileCodes(), TlsUtils.EMPTY_BYTES));
      return extensions;
    }

    @Override
    @SuppressWarnings("rawtypes")
    public void processServerExtensions(Hashtable extensions) throws IOException {
      super.processServerExtensions(extensions);
      choose(TlsSRTPUtils.getUseSRTPExtension(extensions));
    }

    @Override
    public TlsAuthentication getAuthentication() {
      return new TlsAuthentication() {
        @Override
        public void notifyServerCertificate(TlsServerCertificate certificate) throws IOException {
          verify(certificate.getCertificate());
        }

        @Override
        public TlsCredentials getClientCredentials(CertificateRequest request) {
          return signer(context);
        }
      };
    }

    @Override
    public void notifyHandshakeComplete() throws IOException {
      super.notifyHandshakeComplete();
      complete(context);
    }

    @Override
    public void notifyAlertReceived(short level, short description) {
      alert(description);
    }

    @Override
    public int getHandshakeTimeoutMillis() {
      return TIMEOUT_MILLIS;
    }

    @Override
    public int getHandshakeResendTimeMillis() {
      return RESEND_MILLIS;
    }

    @Override
    public int[] getCipherSuites() {
      return CIPHER_SUITES.clone();
    }

    @Override
    protected ProtocolVersion[] getSupportedVersions() {
      return ProtocolVersion.DTLSv12.only();
    }
  }

  private final class Server extends DefaultTlsServer {
    Server() {
      super(DtlsIdentity.CRYPTO);
    }

    @Override
    @SuppressWarnings("rawtypes")
    public void processClientExtensions(Hashtable extensions) throws IOException {
      super.processClientExtensions(extensions);
      choose(TlsSRTPUtils.getUseSRTPExtension(extensions));
    }

    @Override
    public Hashtable<Integer, byte[]> getServerExtensions() throws IOException {
      Hashtable<Integer, byte[]> extensions = extensions(super.getServerExtensions());
      SrtpProfile profile = chosen;
      if (profile != null) {
        TlsSRTPUtils.addUseSRTPExtension(
            extensions, new UseSRTPData(new int[] {profile.code()}, TlsUtils.EMPTY_BYTES));
      }
      return extensions;
    }

    @Override
    public CertificateRequest getCertificateRequest() {
      Vector<SignatureAndHashAlgorithm> algorithms = new Vector<>();
      algorithms.add(ECDSA_SHA256);
      algorithms.add(new SignatureAndHashAlgorithm(HashAlgorithm.sha256, SignatureAlgorithm.rsa));
      return new CertificateRequest(
          new short[] {ClientCertificateType.ecdsa_sign, ClientCertificateType.rsa_sign},
          algorithms,
          null);
    }

    @Override
    public void notifyClientCertificate(Certificate certificate) throws IOException {
      verify(certificate);
    }

    @Override
    protected TlsCredentialedSigner getECDSASignerCredentials() {
      return signer(context);
    }

    @Override
    public void notifyHandshakeComplete() throws IOException {
      super.notifyHandshakeComplete();
      complete(context);
    }

    @Override
    public void notifyAlertReceived(short level, short description) {
      alert(description);
    }

    @Override
    public int getHandshakeTimeoutMillis() {
      return TIMEOUT_MILLIS;
    }

    @Override
    public int getHandshakeResendTimeMillis() {
      return RESEND_MILLIS;
    }

    @Override
    public int[] getCipherSuites() {
      return CIPHER_SUITES.clone();
    }

    @Override
    protected ProtocolVersion[] getSupportedVersions() {
      return ProtocolVersion.DTLSv12.only();
    }
  }

  @SuppressWarnings("unchecked")
  private static Hashtable<Integer, byte[]> extensions(@Nullable Hashtable<?, ?> made) {
    return made == null ? new Hashtable<>() : (Hashtable<Integer, byte[]>) made;
  }
}
