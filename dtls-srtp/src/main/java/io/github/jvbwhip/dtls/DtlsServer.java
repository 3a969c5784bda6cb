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
  private final DtlsAgreement agreement;

  DtlsServer(DtlsAgreement agreement) {
    super(agreement.identity().crypto());
    this.agreement = agreement;
  }

  @Override
  protected ProtocolVersion[] getSupportedVersions() {
    return DtlsAgreement.versions();
  }

  @Override
  protected int[] getSupportedCipherSuites() {
    return DtlsAgreement.ECDSA_SUITES.clone();
  }

  @Override
  public int getHandshakeTimeoutMillis() {
    return agreement.timeoutMillis();
  }

  @Override
  public int getHandshakeResendTimeMillis() {
    return DtlsAgreement.RESEND_MILLIS;
  }

  @Override
  @SuppressWarnings("rawtypes")
  public void processClientExtensions(Hashtable extensions) throws IOException {
    super.processClientExtensions(extensions);
    agreement.selectProfile(extensions);
  }

  @Override
  @SuppressWarnings({"unchecked", "rawtypes"})
  public Hashtable getServerExtensions() throws IOException {
    Hashtable<Integer, byte[]> extensions = super.getServerExtensions();
    agreement.announceProfile(extensions);
    return extensions;
  }

  @Override
  protected @Nullable TlsCredentialedSigner getECDSASignerCredentials() {
    return agreement.credentials(
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
    agreement.verify(certificate);
  }

  @Override
  public void notifyHandshakeComplete() throws IOException {
    super.notifyHandshakeComplete();
    agreement.complete(context);
  }

  @Override
  public void notifyAlertReceived(short level, short description) {
    agreement.alertReceived(description);
  }
}
