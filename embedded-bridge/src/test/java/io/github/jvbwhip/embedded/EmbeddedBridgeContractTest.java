package io.github.jvbwhip.embedded;

import io.github.jvbwhip.core.bridge.Bridge;
import io.github.jvbwhip.core.bridge.BridgeContract;
import io.github.jvbwhip.core.bridge.ContractPeer;
import io.github.jvbwhip.core.metrics.SessionMetrics;
import java.util.Optional;

/** The embedded bridge is a bridge. */
class EmbeddedBridgeContractTest extends BridgeContract {
  @Override
  protected Bridge createBridge() throws Exception {
    return EmbeddedBridge.start(EmbeddedBridgeConfig.onPort(0), SessionMetrics.NONE);
  }

  @Override
  protected Optional<ContractPeer> newPeer() {
    return Optional.of(new PeerOfContract());
  }
}
