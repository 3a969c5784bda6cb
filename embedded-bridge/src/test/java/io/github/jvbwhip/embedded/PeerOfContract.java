package io.github.jvbwhip.embedded;

import io.github.jvbwhip.core.bridge.ContractPeer;
import io.github.jvbwhip.core.bridge.DtlsRole;
import io.github.jvbwhip.core.bridge.Fingerprint;
import io.github.jvbwhip.core.bridge.IceCandidate;
import io.github.jvbwhip.core.bridge.IceCredentials;
import io.github.jvbwhip.core.bridge.LocalTransport;
import io.github.jvbwhip.core.bridge.RemoteTransport;
import io.github.jvbwhip.testpeer.TestPeer;
import io.github.jvbwhip.testpeer.transport.IceParameters;
import java.util.List;
import java.util.Locale;

/** The contract's client: a test peer, found by the bridge as a peer-reflexive candidate. */
final class PeerOfContract implements ContractPeer {
  private final TestPeer peer = TestPeer.open();

  @Override
  public RemoteTransport transport() {
    IceParameters ice = peer.transport().localIce();
    String[] fingerprint = peer.fingerprint().split(" ");
    return new RemoteTransport(
        new IceCredentials(ice.ufrag(), ice.password()),
        List.of(),
        List.of(new Fingerprint(fingerprint[0], fingerprint[1])),
        DtlsRole.ACTIVE);
  }

  @Override
  public void connect(LocalTransport bridge) {
    List<String> candidates = bridge.candidates().stream().map(PeerOfContract::value).toList();
    IceParameters remote =
        new IceParameters(bridge.credentials().ufrag(), bridge.credentials().pwd(), candidates);
    Fingerprint fingerprint = bridge.fingerprints().get(0);
    peer.transport().start(remote, fingerprint.hash() + " " + fingerprint.value(), true, true);
  }

  @Override
  public void send(byte[] rtp) {
    peer.transport().sendRtp(rtp);
  }

  private static String value(IceCandidate candidate) {
    return "%s 1 udp %d %s %d typ %s"
        .formatted(
            candidate.foundation(),
            candidate.priority(),
            candidate.address(),
            candidate.port(),
            candidate.type().name().toLowerCase(Locale.ROOT));
  }

  @Override
  public void close() {
    peer.close();
  }
}
