package io.github.jvbwhip.dtls;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.bouncycastle.tls.DTLSClientProtocol;
import org.bouncycastle.tls.DTLSServerProtocol;
import org.bouncycastle.tls.DTLSTransport;
import org.bouncycastle.tls.DatagramTransport;

/**
 * A DTLS 1.2 handshake for SRTP (RFC 5764), in either role. For one handshake; not thread-safe,
 * except {@link #isClosedByPeer}.
 */
public final class DtlsHandshake {
  private final DtlsAgreement agreement;

  /**
   * Prepares a handshake.
   *
   * @param profiles those that may be used, best first
   * @param remoteFingerprints what was signalled: the peer's certificate has to be one of them
   * @param timeout for the whole handshake
   */
  public DtlsHandshake(
      DtlsIdentity identity,
      List<SrtpProfile> profiles,
      List<CertificateFingerprint> remoteFingerprints,
      Duration timeout) {
    agreement = new DtlsAgreement(identity, profiles, remoteFingerprints, timeout);
  }

  /**
   * Shakes hands as the active side; blocks until it is done.
   *
   * @throws IOException when it failed, or was not done in time
   */
  public DTLSTransport connect(DatagramTransport datagrams) throws IOException {
    return new DTLSClientProtocol()
        .connect(new DtlsClient(agreement), new RepeatingTransport(datagrams));
  }

  /** The same as the passive side. */
  public DTLSTransport accept(DatagramTransport datagrams) throws IOException {
    return new DTLSServerProtocol()
        .accept(new DtlsServer(agreement), new GatedTransport(new RepeatingTransport(datagrams)));
  }

  /** The keys, once the handshake is done. */
  public SrtpKeys keys() {
    return agreement.keys();
  }

  /**
   * When the peer last took the handshake further, or it was prepared, by {@link System#nanoTime}.
   */
  public long lastProgress() {
    return agreement.lastProgress();
  }

  /** Whether the peer has said goodbye. */
  public boolean isClosedByPeer() {
    return agreement.isClosedByPeer();
  }
}
