package io.github.jvbwhip.integration.pages;

import io.github.jvbwhip.integration.RestartableServer;

/** {@link OtherSiteRestartContract} on the embedded bridge. */
class EmbeddedOtherSiteRestartTest extends OtherSiteRestartContract {
  @Override
  RestartableServer server() {
    return RestartableServer.embedded();
  }
}
