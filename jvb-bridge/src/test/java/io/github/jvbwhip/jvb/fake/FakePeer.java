package io.github.jvbwhip.jvb.fake;

import io.github.jvbwhip.core.bridge.DtlsRole;
import io.github.jvbwhip.core.bridge.Fingerprint;
import io.github.jvbwhip.core.bridge.IceCredentials;
import io.github.jvbwhip.core.bridge.LocalTransport;
import io.github.jvbwhip.core.bridge.RemoteTransport;
import io.github.jvbwhip.jvb.host.HostEndpoint;
import io.github.jvbwhip.jvb.scenario.ScenarioPeer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A client of the bridge in memory: it finds its endpoint by the credentials that it is given. */
public final class FakePeer implements ScenarioPeer {
  private final FakeHost host;
  private @Nullable FakeEndpoint endpoint;

  public FakePeer(FakeHost host) {
    this.host = host;
  }

  @Override
  public RemoteTransport transport() {
    return new RemoteTransport(
        new IceCredentials("fpeer", "fakepeerfakepeerfakepeer"),
        List.of(),
        List.of(new Fingerprint("sha-256", "AB".concat(":CD".repeat(31)))),
        DtlsRole.ACTIVE);
  }

  @Override
  public void connect(LocalTransport bridge) {
    endpoint = host.endpoint(bridge.credentials().ufrag());
    endpoint.setTransport(HostEndpoint.Transport.CONNECTED);
  }

  private FakeEndpoint endpoint() {
    FakeEndpoint connected = endpoint;
    if (connected == null) {
      throw new IllegalStateException("not connected");
    }
    return connected;
  }

  @Override
  public void send(byte[] rtp) {
    FakeIngest ingest = endpoint().ingest();
    if (ingest != null) {
      ingest.receive(rtp);
    }
  }

  @Override
  public List<byte[]> received() {
    FakeEgress egress = endpoint().egress();
    return egress == null ? List.of() : egress.received();
  }

  @Override
  public List<Long> keyframesAsked() {
    return endpoint().keyframesAsked();
  }

  @Override
  public boolean isClosedByBridge() {
    return endpoint().isClosedByBridge();
  }

  @Override
  public void close() {
    if (endpoint != null) {
      endpoint.leave();
    }
  }
}
