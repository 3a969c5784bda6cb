package io.github.jvbwhip.core.bridge;

import java.util.List;
import java.util.Optional;

class FakeBridgeTest extends BridgeContract {
  private FakeBridge bridge;

  @Override
  protected Bridge createBridge() {
    bridge = new FakeBridge();
    return bridge;
  }

  @Override
  protected Optional<ContractPeer> newPeer() {
    return Optional.of(new FakePeer());
  }

  /** Finds its endpoint by the credentials that it was given. */
  private final class FakePeer implements ContractPeer {
    private Optional<FakeEndpoint> endpoint = Optional.empty();

    @Override
    public RemoteTransport transport() {
      return new RemoteTransport(
          new IceCredentials("fpeer", "fakepeerfakepeerfakepeer"),
          List.of(),
          List.of(FakeBridge.FINGERPRINT),
          DtlsRole.ACTIVE);
    }

    @Override
    public void connect(LocalTransport local) {
      endpoint =
          FakeBridgeTest.this.bridge.endpoints().stream()
              .filter(e -> e.localTransport().credentials().equals(local.credentials()))
              .findFirst();
      endpoint.orElseThrow().connectPeer();
    }

    @Override
    public void close() {
      endpoint.ifPresent(e -> e.end(EndReason.DTLS_CLOSED, "the peer left"));
    }
  }
}
