package io.github.jvbwhip.integration.pages;

import io.github.jvbwhip.dropin.RequiresJvb;
import io.github.jvbwhip.integration.RestartableServer;

/** {@link OtherSiteRestartContract} on a Jitsi Videobridge. */
@RequiresJvb
class OtherSiteRestartJvbTest extends OtherSiteRestartContract {
  @Override
  RestartableServer server() {
    return RestartableServer.jvb();
  }
}
