package io.github.jvbwhip.integration;

import org.junit.jupiter.api.extension.RegisterExtension;

/** {@link LateClientsContract} on the embedded bridge. */
class EmbeddedLateClientsTest extends LateClientsContract {
  @RegisterExtension static final RunningServer SERVER = new RunningServer(EmbeddedServer::start);

  @Override
  protected ServerUnderTest server() {
    return SERVER.get();
  }
}
