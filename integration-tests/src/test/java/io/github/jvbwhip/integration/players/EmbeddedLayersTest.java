package io.github.jvbwhip.integration.players;

import io.github.jvbwhip.integration.EmbeddedServer;
import io.github.jvbwhip.integration.RunningServer;
import io.github.jvbwhip.integration.ServerUnderTest;
import org.junit.jupiter.api.extension.RegisterExtension;

/** {@link LayersContract} on the embedded bridge. */
class EmbeddedLayersTest extends LayersContract {
  @RegisterExtension static final RunningServer SERVER = new RunningServer(EmbeddedServer::start);

  @Override
  ServerUnderTest server() {
    return SERVER.get();
  }
}
