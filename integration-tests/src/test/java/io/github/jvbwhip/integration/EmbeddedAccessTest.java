package io.github.jvbwhip.integration;

import java.util.Map;

/** {@link AccessContract} on the embedded bridge. */
class EmbeddedAccessTest extends AccessContract {
  @Override
  ServerUnderTest start(Map<String, ?> settings) {
    return EmbeddedServer.start(settings);
  }
}
