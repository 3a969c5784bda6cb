package io.github.jvbwhip.dtls;

import java.io.IOException;
import java.util.Hashtable;
import org.bouncycastle.tls.CertificateRequest;
import org.bouncycastle.tls.DefaultTlsClient;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.TlsAuthentication;
import org.bouncycastle.tls.TlsCredentials;
import org.bouncycastle.tls.TlsServerCertificate;
import org.jspecify.annotations.Nullable;

/** The active side of a handshake: DTLS 1.2, and a certificate for a server that asks. */
final class DtlsClient extends DefaultTlsClient {
  private final DtlsAgreement agreement;

  DtlsClient(DtlsAgreement agreement) {
    super(agreement.identity().crypto());
    this.agreement = agreement;
  }

  @Override
  protected ProtocolVersion[] getSupportedVersions() {
    return DtlsAgreement.versions();
  }

  @Override
  protected int[] getSupportedCipherSuites() {
    return DtlsAgreement.CLIENT_SUITES.clone();
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
  @SuppressWarnings({"unchecked", "rawtypes"})
  public Hashtable getClientExtensions() throws IOException {
    Hashtable<Integer, byte[]> extensions = super.getClientExtensions();
    Hashtable<Integer, byte[]> ours = extensions == null ? new Hashtable<>() : extensions;
    agreement.offerProfiles(ours);
    return ours;
  }

  @Override
  @SuppressWarnings("rawtypes")
  public void processServerExtensions(Hashtable extensions) throws IOException {
    super.processServerExtensions(extensions);
    agreement.selectProfile(extensions);
  }

  @Override
  public TlsAuthentication getAuthentication() {
    return new TlsAuthentication() {
      @Override
      public void notifyServerCertificate(TlsServerCertificate certificate) throws IOException {
        agreement.verify(certificate.getCertificate());
      }

      @Override
      public @Nullable TlsCredentials getClientCredentials(CertificateRequest request) {
        return agreement.credentials(context, request.getSupportedSignatureAlgorithms());
      }
    };
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
