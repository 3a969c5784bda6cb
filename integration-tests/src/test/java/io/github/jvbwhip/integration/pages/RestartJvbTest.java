package io.github.jvbwhip.integration.pages;

import io.github.jvbwhip.dropin.RequiresJvb;
import io.github.jvbwhip.integration.RestartableServer;

/** {@link RestartContract} on a Jitsi Videobridge. */
@RequiresJvb
class RestartJvbTest extends RestartContract {
  @Override
  RestartableServer server() {
    return RestartableServer.jvb();
  }
}
