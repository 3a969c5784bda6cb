package io.github.jvbwhip.integration;

import org.junit.jupiter.api.extension.RegisterExtension;

/** {@link PublishAndWatchContract} on the embedded bridge. */
class EmbeddedPublishAndWatchTest extends PublishAndWatchContract {
  @RegisterExtension static final RunningServer SERVER = new RunningServer(EmbeddedServer::start);

  @Override
  ServerUnderTest server() {
    return SERVER.get();
  }
}
