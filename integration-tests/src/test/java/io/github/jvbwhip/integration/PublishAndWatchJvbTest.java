package io.github.jvbwhip.integration;

import org.junit.jupiter.api.extension.RegisterExtension;

/** {@link PublishAndWatchContract} on a Jitsi Videobridge. */
class PublishAndWatchJvbTest extends PublishAndWatchContract {
  @RegisterExtension static final RunningServer SERVER = new RunningServer(JvbServer::start);

  @Override
  protected ServerUnderTest server() {
    return SERVER.get();
  }
}
