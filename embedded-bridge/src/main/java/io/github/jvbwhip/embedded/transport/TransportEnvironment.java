package io.github.jvbwhip.embedded.transport;

import io.github.jvbwhip.core.bridge.Fingerprint;
import io.github.jvbwhip.core.bridge.IceCandidate;
import io.github.jvbwhip.dtls.CertificateFingerprint;
import io.github.jvbwhip.dtls.DtlsIdentity;
import io.github.jvbwhip.dtls.SrtpProfile;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What all transports of a port share.
 *
 * @param profiles the SRTP profiles that may be used, best first
 * @param tcpSockets one for each of {@code sockets}, or none
 * @param candidates what the bridge announces
 */
record TransportEnvironment(
    UdpConfig config,
    DtlsIdentity identity,
    List<SrtpProfile> profiles,
    List<UdpSocket> sockets,
    List<TcpSocket> tcpSockets,
    List<IceCandidate> candidates,
    StunRouter router,
    MediaThreads threads) {
  TransportEnvironment {
    profiles = List.copyOf(profiles);
    sockets = List.copyOf(sockets);
    tcpSockets = List.copyOf(tcpSockets);
    candidates = List.copyOf(candidates);
  }

  /** The same on other sockets. */
  TransportEnvironment on(List<UdpSocket> others, List<IceCandidate> theirs) {
    return new TransportEnvironment(
        config, identity, profiles, others, List.of(), theirs, router, threads);
  }

  /**
   * Makes an ICE agent.
   *
   * @param controlling whether the bridge nominates: it does when it made the offer
   */
  IceGeneration newGeneration(boolean controlling, IceGeneration.Listener listener) {
    return new IceGeneration(allSockets(), router, threads::work, controlling, listener);
  }

  /** UDP first. */
  List<MediaSocket> allSockets() {
    return Stream.concat(sockets.stream(), tcpSockets.stream()).toList();
  }

  /** The fingerprints of the certificate that all transports present. */
  List<Fingerprint> fingerprints() {
    CertificateFingerprint ours = identity.fingerprint();
    return List.of(new Fingerprint(ours.hash(), ours.value()));
  }

  /** Where clients are told to look, for a person to read. */
  String advertised() {
    return candidates.stream()
        .map(
            candidate ->
                candidate.address()
                    + (candidate.protocol() == IceCandidate.Protocol.TCP ? " TCP port " : " port ")
                    + candidate.port())
        .collect(Collectors.joining(", "));
  }
}
