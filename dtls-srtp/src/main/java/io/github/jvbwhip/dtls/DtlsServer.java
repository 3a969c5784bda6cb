package io.github.jvbwhip.dtls;

import java.io.IOException;
import java.util.Hashtable;
import org.bouncycastle.tls.Certificate;
import org.bouncycastle.tls.CertificateRequest;
import org.bouncycastle.tls.ClientCertificateType;
import org.bouncycastle.tls.DefaultTlsServer;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.TlsCredentialedSigner;
import org.bouncycastle.tls.TlsUtils;
import org.jspecify.annotations.Nullable;

/** The passive side of a handshake: DTLS 1.2, ECDSA, a certificate from the client too. */
final class DtlsServer extends DefaultTlsServer {
  private final DtlsHandshake handshake;

  DtlsServer(DtlsHandshake handshake) {
    super(handshake.identity().crypto());
    this.handshake = handshake;
  }

  @Override
  protected ProtocolVersion[] getSupportedVersions() {
    return DtlsHandshake.versions();
  }

  @Override
  protected int[] getSupportedCipherSuites() {
    return DtlsHandshake.ECDSA_SUITES.clone();
  }

  @Override
  public int getHandshakeTimeoutMillis() {
    return handshake.timeoutMillis();
  }

  @Override
  public int getHandshakeResendTimeMillis() {
    return DtlsHandshake.RESEND_MILLIS;
  }

  @Override
  @SuppressWarnings("rawtypes")
  public void processClientExtensions(Hashtable extensions) throws IOException {
    super.processClientExtensions(extensions);
    handshake.selectProfile(extensions);
  }

  @Override
  @SuppressWarnings({"unchecked", "rawtypes"})
  public Hashtable getServerExtensions() throws IOException {
    Hashtable<Integer, byte[]> extensions = super.getServerExtensions();
    handshake.announceProfile(extensions);
    return extensions;
  }

  @Override
  protected @Nullable TlsCredentialedSigner getECDSASignerCredentials() {
    return handshake.credentials(
        context, context.getSecurityParametersHandshake().getClientSigAlgs());
  }

  @Override
  public CertificateRequest getCertificateRequest() {
    short[] types = {ClientCertificateType.ecdsa_sign, ClientCertificateType.rsa_sign};
    return new CertificateRequest(
        types, TlsUtils.getDefaultSupportedSignatureAlgorithms(context), null);
  }

  @Override
  public void notifyClientCertificate(Certificate certificate) throws IOException {
    handshake.verify(certificate);
  }

  @Override
  public void notifyHandshakeComplete() throws IOException {
    super.notifyHandshakeComplete();
    handshake.complete(context);
  }

  @Override
  public void notifyAlertReceived(short level, short description) {
    handshake.alertReceived(description);
  }
}
