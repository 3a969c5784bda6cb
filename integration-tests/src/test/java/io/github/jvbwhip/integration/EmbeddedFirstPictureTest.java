package io.github.jvbwhip.integration;

import org.junit.jupiter.api.extension.RegisterExtension;

/** {@link FirstPictureContract} on the embedded bridge. */
class EmbeddedFirstPictureTest extends FirstPictureContract {
  @RegisterExtension static final RunningServer SERVER = new RunningServer(EmbeddedServer::start);

  @Override
  protected ServerUnderTest server() {
    return SERVER.get();
  }
}
