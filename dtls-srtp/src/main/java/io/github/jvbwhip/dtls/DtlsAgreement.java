package io.github.jvbwhip.dtls;

import java.io.IOException;
import java.time.Duration;
import java.util.Hashtable;
import java.util.List;
import java.util.Optional;
import java.util.Vector;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.Certificate;
import org.bouncycastle.tls.CipherSuite;
import org.bouncycastle.tls.ExporterLabel;
import org.bouncycastle.tls.HashAlgorithm;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.SecurityParameters;
import org.bouncycastle.tls.SignatureAlgorithm;
import org.bouncycastle.tls.SignatureAndHashAlgorithm;
import org.bouncycastle.tls.TlsContext;
import org.bouncycastle.tls.TlsCredentialedSigner;
import org.bouncycastle.tls.TlsFatalAlert;
import org.bouncycastle.tls.TlsSRTPUtils;
import org.bouncycastle.tls.TlsUtils;
import org.bouncycastle.tls.UseSRTPData;
import org.bouncycastle.tls.crypto.TlsCryptoParameters;
import org.bouncycastle.tls.crypto.impl.bc.BcDefaultTlsCredentialedSigner;
import org.jspecify.annotations.Nullable;

/**
 * What both roles of a handshake do alike: the certificates, the SRTP profile, the keys, and what
 * the peer's alerts mean. For one handshake; not thread-safe, except {@link #isClosedByPeer}.
 */
final class DtlsAgreement {
  /** The cipher suites that our ECDSA certificate serves; RFC 8827 §6.5 demands the first. */
  static final int[] ECDSA_SUITES = {
    CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256,
    CipherSuite.TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256,
    CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384,
    CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA,
  };

  /** As a DTLS client we meet servers with RSA certificates too (GStreamer). */
  static final int[] CLIENT_SUITES = {
    CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256,
    CipherSuite.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,
    CipherSuite.TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256,
    CipherSuite.TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256,
    CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384,
    CipherSuite.TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384,
    CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA,
    CipherSuite.TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA,
  };

  /** RFC 6347 §4.2.4.1 says a second; ICE has shown that the path is faster than that. */
  static final int RESEND_MILLIS = 100;

  private static final byte[] NO_MKI = {};

  private final DtlsIdentity identity;
  private final List<SrtpProfile> profiles;
  private final List<CertificateFingerprint> remoteFingerprints;
  private final int timeoutMillis;
  private @Nullable SrtpProfile profile;
  private @Nullable SrtpKeys keys;
  private volatile boolean closedByPeer;
  private volatile long progress = System.nanoTime();

  DtlsAgreement(
      DtlsIdentity identity,
      List<SrtpProfile> profiles,
      List<CertificateFingerprint> remoteFingerprints,
      Duration timeout) {
    this.identity = identity;
    this.profiles = List.copyOf(profiles);
    this.remoteFingerprints = List.copyOf(remoteFingerprints);
    this.timeoutMillis = Math.toIntExact(timeout.toMillis());
  }

  /** The keys, once the handshake is done. */
  SrtpKeys keys() {
    SrtpKeys derived = keys;
    if (derived == null) {
      throw new IllegalStateException("the handshake is not complete");
    }
    return derived;
  }

  /** Whether the peer has said goodbye. */
  boolean isClosedByPeer() {
    return closedByPeer;
  }

  /** When the peer last took the handshake further, by {@link System#nanoTime}. */
  long lastProgress() {
    return progress;
  }

  static ProtocolVersion[] versions() {
    return ProtocolVersion.DTLSv12.only();
  }

  int timeoutMillis() {
    return timeoutMillis;
  }

  DtlsIdentity identity() {
    return identity;
  }

  /** Our credentials, or null where the peer cannot verify ECDSA with SHA-256. */
  @Nullable TlsCredentialedSigner credentials(TlsContext context, @Nullable Vector<?> algorithms) {
    SignatureAndHashAlgorithm algorithm =
        new SignatureAndHashAlgorithm(HashAlgorithm.sha256, SignatureAlgorithm.ecdsa);
    if (algorithms != null && !algorithms.contains(algorithm)) {
      return null;
    }
    return new BcDefaultTlsCredentialedSigner(
        new TlsCryptoParameters(context),
        identity.crypto(),
        identity.privateKey(),
        identity.certificate(),
        algorithm);
  }

  /**
   * Holds the peer's certificate against the fingerprints that were signalled (RFC 5763 §5).
   *
   * @throws TlsFatalAlert when it is none of them
   */
  void verify(@Nullable Certificate certificate) throws IOException {
    if (certificate == null || certificate.isEmpty()) {
      throw new TlsFatalAlert(AlertDescription.handshake_failure, "the peer has no certificate");
    }
    progress = System.nanoTime();
    byte[] encoded = certificate.getCertificateAt(0).getEncoded();
    if (remoteFingerprints.stream().noneMatch(expected -> expected.matches(encoded))) {
      throw new TlsFatalAlert(
          AlertDescription.bad_certificate,
          "the certificate is not the one that was signalled (fingerprint)");
    }
  }

  /** Our offer of SRTP profiles, into a ClientHello. */
  void offerProfiles(Hashtable<?, ?> extensions) throws IOException {
    TlsSRTPUtils.addUseSRTPExtension(
        extensions, new UseSRTPData(SrtpProfile.ids(profiles), NO_MKI));
  }

  /** The client's offer; the best of ours is taken. */
  void selectProfile(Hashtable<?, ?> extensions) throws IOException {
    progress = System.nanoTime();
    UseSRTPData offered = extensions == null ? null : TlsSRTPUtils.getUseSRTPExtension(extensions);
    profile =
        (offered == null
                ? Optional.<SrtpProfile>empty()
                : SrtpProfile.select(profiles, offered.getProtectionProfiles()))
            .orElseThrow(
                () ->
                    new TlsFatalAlert(
                        AlertDescription.illegal_parameter, "no SRTP profile in common"));
  }

  /** Our choice, into a ServerHello. */
  void announceProfile(Hashtable<?, ?> extensions) throws IOException {
    if (profile != null) {
      TlsSRTPUtils.addUseSRTPExtension(
          extensions, new UseSRTPData(new int[] {profile.id()}, NO_MKI));
    }
  }

  /** The handshake is done: derives the keys (RFC 5764 §4.2). */
  void complete(TlsContext context) throws IOException {
    SrtpProfile agreed = profile;
    if (agreed == null) {
      throw new TlsFatalAlert(AlertDescription.internal_error, "no SRTP profile was agreed");
    }
    SecurityParameters parameters = context.getSecurityParametersConnection();
    int length = agreed.keyMaterialLength();
    byte[] material =
        parameters.isExtendedMasterSecret()
            ? context.exportKeyingMaterial(ExporterLabel.dtls_srtp, null, length)
            : exportWithoutExtendedMasterSecret(parameters, length);
    keys = new SrtpKeys(agreed, material, !context.isServer());
  }

  /** RFC 5705 §4; Bouncy Castle refuses it for peers that do not know RFC 7627. */
  private static byte[] exportWithoutExtendedMasterSecret(
      SecurityParameters parameters, int length) {
    byte[] client = parameters.getClientRandom();
    byte[] server = parameters.getServerRandom();
    byte[] seed = new byte[client.length + server.length];
    System.arraycopy(client, 0, seed, 0, client.length);
    System.arraycopy(server, 0, seed, client.length, server.length);
    return TlsUtils.PRF(
            parameters, parameters.getMasterSecret(), ExporterLabel.dtls_srtp, seed, length)
        .extract();
  }

  /** An alert of the peer; close_notify is one (RFC 5246 §7.2.1). */
  void alertReceived(short description) {
    if (description == AlertDescription.close_notify) {
      closedByPeer = true;
    }
  }
}
