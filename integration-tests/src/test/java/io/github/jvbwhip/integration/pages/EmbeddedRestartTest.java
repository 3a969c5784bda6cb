package io.github.jvbwhip.integration.pages;

import io.github.jvbwhip.integration.RestartableServer;

/** {@link RestartContract} on the embedded bridge. */
class EmbeddedRestartTest extends RestartContract {
  @Override
  RestartableServer server() {
    return RestartableServer.embedded();
  }
}
