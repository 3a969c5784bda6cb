package io.github.jvbwhip.integration;

import org.junit.jupiter.api.extension.RegisterExtension;

/** {@link NetworkFaultsContract} on the embedded bridge. */
class EmbeddedNetworkFaultsTest extends NetworkFaultsContract {
  @RegisterExtension static final RunningServer SERVER = new RunningServer(EmbeddedServer::start);

  @Override
  protected ServerUnderTest server() {
    return SERVER.get();
  }
}
