package io.github.jvbwhip.embedded;

import io.github.jvbwhip.core.bridge.Bridge;
import io.github.jvbwhip.core.bridge.BridgeContract;

/** The embedded bridge is a bridge. */
class EmbeddedBridgeContractTest extends BridgeContract {
  @Override
  protected Bridge createBridge() throws Exception {
    return EmbeddedBridge.start(EmbeddedBridgeConfig.onPort(0));
  }
}
