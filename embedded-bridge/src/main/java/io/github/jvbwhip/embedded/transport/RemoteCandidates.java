package io.github.jvbwhip.embedded.transport;

import io.github.jvbwhip.core.bridge.BridgeException;
import io.github.jvbwhip.core.bridge.IceCandidate;
import io.github.jvbwhip.core.bridge.IceCredentials;
import io.github.jvbwhip.core.bridge.IpLiterals;
import io.github.jvbwhip.core.bridge.RemoteTransport;
import io.github.jvbwhip.dtls.CertificateFingerprint;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.ice4j.Transport;
import org.ice4j.TransportAddress;
import org.ice4j.ice.CandidateType;

/** What a client says about itself, checked before an agent hears of it. */
final class RemoteCandidates {
  private static final Pattern UFRAG = Pattern.compile("[A-Za-z0-9+/=_#-]{4,256}");
  private static final Pattern PASSWORD = Pattern.compile("[A-Za-z0-9+/=_#-]{22,256}");

  /** RFC 8445 §5.1.2: 1 to 2^31 - 1. */
  private static final long MAX_PRIORITY = (1L << 31) - 1;

  private RemoteCandidates() {}

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

  /**
   * Where to find the candidate; empty for what is not used: TCP, names (mDNS needs a resolver, and
   * such a client is found as peer reflexive), and addresses that no single host has.
   */
  static Optional<TransportAddress> address(IceCandidate candidate) {
    if (candidate.protocol() != IceCandidate.Protocol.UDP
        || candidate.port() < 1
        || candidate.port() > 65535
        || candidate.priority() < 1
        || candidate.priority() > MAX_PRIORITY) {
      return Optional.empty();
    }
    String text = candidate.address();
    if (!IpLiterals.isNoName(text)) {
      return Optional.empty();
    }
    InetAddress address;
    try {
      address = InetAddress.getByName(text);
    } catch (UnknownHostException e) {
      return Optional.empty();
    }
    if (address.isAnyLocalAddress() || address.isMulticastAddress()) {
      return Optional.empty();
    }
    return Optional.of(new TransportAddress(address, candidate.port(), Transport.UDP));
  }

  static CandidateType type(IceCandidate candidate) {
    return switch (candidate.type()) {
      case HOST -> CandidateType.HOST_CANDIDATE;
      case SRFLX -> CandidateType.SERVER_REFLEXIVE_CANDIDATE;
      case PRFLX -> CandidateType.PEER_REFLEXIVE_CANDIDATE;
      case RELAY -> CandidateType.RELAYED_CANDIDATE;
    };
  }
}
