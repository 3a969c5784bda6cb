package io.github.jvbwhip.integration.pages;

import io.github.jvbwhip.integration.RestartableServer;

/** {@link FrameContract} on the embedded bridge. */
class EmbeddedFrameTest extends FrameContract {
  @Override
  RestartableServer server() {
    return RestartableServer.embedded();
  }
}
