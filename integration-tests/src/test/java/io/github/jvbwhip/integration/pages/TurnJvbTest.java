package io.github.jvbwhip.integration.pages;

import io.github.jvbwhip.dropin.RequiresJvb;
import io.github.jvbwhip.integration.JvbServer;
import io.github.jvbwhip.integration.ServerUnderTest;
import java.util.Map;

/** {@link TurnContract} on a Jitsi Videobridge. */
@RequiresJvb
class TurnJvbTest extends TurnContract {
  @Override
  ServerUnderTest start(Map<String, ?> settings) {
    return JvbServer.start(settings);
  }
}
