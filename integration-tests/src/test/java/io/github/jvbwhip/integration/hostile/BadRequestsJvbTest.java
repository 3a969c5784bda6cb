package io.github.jvbwhip.integration.hostile;

import io.github.jvbwhip.dropin.RequiresJvb;
import io.github.jvbwhip.integration.JvbServer;
import io.github.jvbwhip.integration.RunningServer;
import io.github.jvbwhip.integration.ServerUnderTest;
import org.junit.jupiter.api.extension.RegisterExtension;

/** {@link BadRequestsContract} on a Jitsi Videobridge. */
@RequiresJvb
class BadRequestsJvbTest extends BadRequestsContract {
  @RegisterExtension
  static final RunningServer SERVER = new RunningServer(() -> JvbServer.start(SETTINGS));

  @Override
  protected ServerUnderTest server() {
    return SERVER.get();
  }
}
