package io.github.jvbwhip.integration.players;

import io.github.jvbwhip.integration.EmbeddedServer;
import io.github.jvbwhip.integration.RunningServer;
import io.github.jvbwhip.integration.ServerUnderTest;
import org.junit.jupiter.api.extension.RegisterExtension;

/** {@link ChainingContract} on the embedded bridge. */
class EmbeddedChainingTest extends ChainingContract {
  @RegisterExtension static final RunningServer SERVER = new RunningServer(EmbeddedServer::start);

  @RegisterExtension static final RunningServer NEXT = new RunningServer(EmbeddedServer::start);

  @Override
  ServerUnderTest server() {
    return SERVER.get();
  }

  @Override
  ServerUnderTest next() {
    return NEXT.get();
  }
}
