package io.github.jvbwhip.integration.players;

import io.github.jvbwhip.integration.EmbeddedServer;
import io.github.jvbwhip.integration.ServerUnderTest;
import java.util.Map;

/** {@link EventsContract} on the embedded bridge. */
class EmbeddedEventsTest extends EventsContract {
  @Override
  ServerUnderTest start(Map<String, ?> settings) {
    return EmbeddedServer.start(settings);
  }
}
