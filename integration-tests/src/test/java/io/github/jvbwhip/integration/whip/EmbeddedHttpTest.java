package io.github.jvbwhip.integration.whip;

import io.github.jvbwhip.integration.EmbeddedServer;
import io.github.jvbwhip.integration.RunningServer;
import io.github.jvbwhip.integration.ServerUnderTest;
import org.junit.jupiter.api.extension.RegisterExtension;

/** {@link HttpContract} on the embedded bridge. */
class EmbeddedHttpTest extends HttpContract {
  @RegisterExtension
  static final RunningServer SERVER =
      new RunningServer(() -> EmbeddedServer.start(KEYS.settings()));

  @Override
  ServerUnderTest server() {
    return SERVER.get();
  }
}
