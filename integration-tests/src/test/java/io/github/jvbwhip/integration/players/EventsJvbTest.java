package io.github.jvbwhip.integration.players;

import io.github.jvbwhip.dropin.RequiresJvb;
import io.github.jvbwhip.integration.JvbServer;
import io.github.jvbwhip.integration.ServerUnderTest;
import java.util.Map;

/** {@link EventsContract} on a Jitsi Videobridge. */
@RequiresJvb
class EventsJvbTest extends EventsContract {
  @Override
  ServerUnderTest start(Map<String, ?> settings) {
    return JvbServer.start(settings);
  }
}
