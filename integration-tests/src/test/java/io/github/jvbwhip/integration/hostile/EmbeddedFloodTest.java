package io.github.jvbwhip.integration.hostile;

import io.github.jvbwhip.integration.EmbeddedServer;
import io.github.jvbwhip.integration.RunningServer;
import io.github.jvbwhip.integration.ServerUnderTest;
import org.junit.jupiter.api.extension.RegisterExtension;

/** {@link FloodContract} on the embedded bridge. */
class EmbeddedFloodTest extends FloodContract {
  @RegisterExtension
  static final RunningServer SERVER = new RunningServer(() -> EmbeddedServer.start(SETTINGS));

  @Override
  protected ServerUnderTest server() {
    return SERVER.get();
  }
}
