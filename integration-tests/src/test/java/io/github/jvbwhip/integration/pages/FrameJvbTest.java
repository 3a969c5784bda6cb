package io.github.jvbwhip.integration.pages;

import io.github.jvbwhip.dropin.RequiresJvb;
import io.github.jvbwhip.integration.RestartableServer;

/** {@link FrameContract} on a Jitsi Videobridge. */
@RequiresJvb
class FrameJvbTest extends FrameContract {
  @Override
  RestartableServer server() {
    return RestartableServer.jvb();
  }
}
