package io.github.jvbwhip.integration.pages;

import io.github.jvbwhip.integration.EmbeddedServer;
import io.github.jvbwhip.integration.RunningServer;
import io.github.jvbwhip.integration.ServerUnderTest;
import org.junit.jupiter.api.extension.RegisterExtension;

/** {@link OtherSiteContract} on the embedded bridge. */
class EmbeddedOtherSiteTest extends OtherSiteContract {
  @RegisterExtension
  static final RunningServer SERVER = new RunningServer(() -> EmbeddedServer.start(SETTINGS));

  @Override
  ServerUnderTest server() {
    return SERVER.get();
  }
}
