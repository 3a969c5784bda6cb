package io.github.jvbwhip.integration.whip;

import io.github.jvbwhip.integration.EmbeddedServer;
import io.github.jvbwhip.integration.RunningServer;
import io.github.jvbwhip.integration.ServerUnderTest;
import org.junit.jupiter.api.extension.RegisterExtension;

/** {@link InsightContract} on the embedded bridge. */
class EmbeddedInsightTest extends InsightContract {
  @RegisterExtension
  static final RunningServer SERVER = new RunningServer(() -> EmbeddedServer.start(SETTINGS));

  @Override
  ServerUnderTest server() {
    return SERVER.get();
  }
}
