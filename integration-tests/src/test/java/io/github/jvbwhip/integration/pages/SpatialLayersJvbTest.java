package io.github.jvbwhip.integration.pages;

import io.github.jvbwhip.integration.JvbServer;
import io.github.jvbwhip.integration.RunningServer;
import io.github.jvbwhip.integration.ServerUnderTest;
import org.junit.jupiter.api.extension.RegisterExtension;

/** {@link SpatialLayersContract} on a real Jitsi Videobridge. */
class SpatialLayersJvbTest extends SpatialLayersContract {
  @RegisterExtension static final RunningServer SERVER = new RunningServer(JvbServer::start);

  @Override
  ServerUnderTest server() {
    return SERVER.get();
  }
}
