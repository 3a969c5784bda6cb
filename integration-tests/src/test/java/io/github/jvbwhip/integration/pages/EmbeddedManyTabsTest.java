package io.github.jvbwhip.integration.pages;

import io.github.jvbwhip.integration.EmbeddedServer;
import io.github.jvbwhip.integration.RunningServer;
import io.github.jvbwhip.integration.ServerUnderTest;
import org.junit.jupiter.api.extension.RegisterExtension;

/** {@link ManyTabsContract} on the embedded bridge. */
class EmbeddedManyTabsTest extends ManyTabsContract {
  @RegisterExtension static final RunningServer SERVER = new RunningServer(EmbeddedServer::start);

  @Override
  ServerUnderTest server() {
    return SERVER.get();
  }
}
