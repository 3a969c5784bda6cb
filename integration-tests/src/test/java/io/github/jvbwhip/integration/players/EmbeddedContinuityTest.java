package io.github.jvbwhip.integration.players;

import io.github.jvbwhip.integration.EmbeddedServer;
import io.github.jvbwhip.integration.RunningServer;
import io.github.jvbwhip.integration.ServerUnderTest;
import org.junit.jupiter.api.extension.RegisterExtension;

/** {@link ContinuityContract} on the embedded bridge. */
class EmbeddedContinuityTest extends ContinuityContract {
  @RegisterExtension
  static final RunningServer SERVER =
      new RunningServer(() -> EmbeddedServer.start(ContinuityContract.SETTINGS));

  @Override
  ServerUnderTest server() {
    return SERVER.get();
  }
}
