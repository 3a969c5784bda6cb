package io.github.jvbwhip.integration.whip;

import io.github.jvbwhip.integration.EmbeddedServer;
import io.github.jvbwhip.integration.RunningServer;
import io.github.jvbwhip.integration.ServerUnderTest;
import org.junit.jupiter.api.extension.RegisterExtension;

/** {@link IceContract} on the embedded bridge. */
class EmbeddedIceTest extends IceContract {
  @RegisterExtension
  static final RunningServer SERVER = new RunningServer(() -> EmbeddedServer.start(settings()));

  @Override
  ServerUnderTest server() {
    return SERVER.get();
  }

  @Override
  boolean restartsIce() {
    return true;
  }
}
