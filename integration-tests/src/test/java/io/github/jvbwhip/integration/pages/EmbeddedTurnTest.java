package io.github.jvbwhip.integration.pages;

import io.github.jvbwhip.integration.EmbeddedServer;
import io.github.jvbwhip.integration.ServerUnderTest;
import java.util.Map;

/** {@link TurnContract} on the embedded bridge. */
class EmbeddedTurnTest extends TurnContract {
  @Override
  ServerUnderTest start(Map<String, ?> settings) {
    return EmbeddedServer.start(settings);
  }
}
