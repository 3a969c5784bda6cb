package io.github.jvbwhip.dropin.contract;

import io.github.jvbwhip.core.bridge.ContractPeer;
import io.github.jvbwhip.core.bridge.DtlsRole;
import io.github.jvbwhip.core.bridge.Fingerprint;
import io.github.jvbwhip.core.bridge.IceCredentials;
import io.github.jvbwhip.core.bridge.LocalTransport;
import io.github.jvbwhip.core.bridge.RemoteTransport;
import io.github.jvbwhip.dtls.DtlsIdentity;
import io.github.jvbwhip.dtls.SrtpProfile;
import io.github.jvbwhip.testpeer.transport.IceParameters;
import io.github.jvbwhip.testpeer.transport.LocalAddresses;
import io.github.jvbwhip.testpeer.transport.MediaTransport;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;

/** A client with ICE and DTLS, and no media. */
final class TransportPeer implements ContractPeer {
  private final DtlsIdentity identity = DtlsIdentity.generate(new SecureRandom(), Instant.now());
  private final MediaTransport transport;

  TransportPeer() throws IOException {
    transport =
        new MediaTransport(
            LocalAddresses.preferred(), identity, List.of(SrtpProfile.values()), new Quiet());
  }

  private static final class Quiet implements MediaTransport.Listener {
    @Override
    public void connected() {}

    @Override
    public void failed(String reason) {}

    @Override
    public void closedByRemote() {}

    @Override
    public void rtp(byte[] packet) {}

    @Override
    public void rtcp(byte[] packet) {}
  }

  @Override
  public RemoteTransport transport() {
    String[] fingerprint = identity.fingerprint().toString().split(" ", 2);
    return new RemoteTransport(
        new IceCredentials(transport.localIce().ufrag(), transport.localIce().password()),
        List.of(),
        List.of(new Fingerprint(fingerprint[0], fingerprint[1])),
        DtlsRole.ACTIVE);
  }

  @Override
  public void connect(LocalTransport bridge) {
    List<String> candidates =
        bridge.candidates().stream()
            .map(
                c ->
                    "%s 1 udp %d %s %d typ host"
                        .formatted(c.foundation(), c.priority(), c.address(), c.port()))
            .toList();
    Fingerprint fingerprint = bridge.fingerprints().get(0);
    transport.start(
        new IceParameters(bridge.credentials().ufrag(), bridge.credentials().pwd(), candidates),
        fingerprint.hash() + " " + fingerprint.value(),
        true,
        true);
  }

  @Override
  public void close() {
    transport.close();
  }
}
