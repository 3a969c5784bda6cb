package io.github.jvbwhip.integration;

import org.junit.jupiter.api.extension.RegisterExtension;

/** {@link ForeignClientsContract} on the embedded bridge. */
class EmbeddedForeignClientsTest extends ForeignClientsContract {
  @RegisterExtension static final RunningServer SERVER = new RunningServer(EmbeddedServer::start);

  @Override
  ServerUnderTest server() {
    return SERVER.get();
  }
}
