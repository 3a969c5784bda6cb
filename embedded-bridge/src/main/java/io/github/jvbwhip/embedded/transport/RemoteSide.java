package io.github.jvbwhip.embedded.transport;

import io.github.jvbwhip.core.bridge.BridgeException;
import io.github.jvbwhip.core.bridge.IceCredentials;
import io.github.jvbwhip.core.bridge.RemoteTransport;
import io.github.jvbwhip.dtls.CertificateFingerprint;
import java.util.List;
import java.util.regex.Pattern;

/** What a client says about itself, checked before an agent hears of it. */
final class RemoteSide {
  private static final Pattern UFRAG = Pattern.compile("[A-Za-z0-9+/=_#-]{4,256}");
  private static final Pattern PASSWORD = Pattern.compile("[A-Za-z0-9+/=_#-]{22,256}");

  private RemoteSide() {}

  /** What can be said against a remote transport before anything is allocated. */
  static void check(RemoteTransport remote) throws BridgeException {
    if (!isWellFormed(remote.credentials())) {
      throw new BridgeException(
          BridgeException.Reason.REFUSED, "the ICE user name fragment or password is ill-formed");
    }
    if (certificates(remote).stream().noneMatch(CertificateFingerprint::isUsable)) {
      throw new BridgeException(
          BridgeException.Reason.REFUSED,
          "no certificate fingerprint by SHA-256, SHA-384 or SHA-512");
    }
  }

  /** The certificates that the client may show. */
  static List<CertificateFingerprint> certificates(RemoteTransport remote) {
    return remote.fingerprints().stream()
        .map(signalled -> new CertificateFingerprint(signalled.hash(), signalled.value()))
        .toList();
  }

  /**
   * Whether these have the lengths of RFC 8839 §5.4 and its ice-chars, or {@code = - _ #}, which
   * browsers let pass.
   */
  static boolean isWellFormed(IceCredentials credentials) {
    return UFRAG.matcher(credentials.ufrag()).matches()
        && PASSWORD.matcher(credentials.pwd()).matches();
  }
}
