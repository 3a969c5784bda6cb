package io.github.jvbwhip.jvb;

import io.github.jvbwhip.core.bridge.Bridge;
import io.github.jvbwhip.core.bridge.BridgeContract;
import io.github.jvbwhip.core.bridge.ContractPeer;
import io.github.jvbwhip.jvb.fake.FakeHost;
import io.github.jvbwhip.jvb.fake.FakePeer;
import java.util.Optional;

/** The contract on the JVB bridge, with its own threads, on the fake Jitsi Videobridge. */
class FakeJitsiContractTest extends BridgeContract {
  private final FakeHost host = new FakeHost(System::nanoTime);

  @Override
  protected Bridge createBridge() {
    return new JvbBridge(host);
  }

  @Override
  protected Optional<ContractPeer> newPeer() {
    return Optional.of(new FakePeer(host));
  }
}
