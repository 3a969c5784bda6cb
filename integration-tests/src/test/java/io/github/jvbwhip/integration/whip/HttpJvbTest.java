package io.github.jvbwhip.integration.whip;

import io.github.jvbwhip.dropin.RequiresJvb;
import io.github.jvbwhip.integration.JvbServer;
import io.github.jvbwhip.integration.RunningServer;
import io.github.jvbwhip.integration.ServerUnderTest;
import org.junit.jupiter.api.extension.RegisterExtension;

/** {@link HttpContract} on a Jitsi Videobridge, through the connector of the plugin. */
@RequiresJvb
class HttpJvbTest extends HttpContract {
  @RegisterExtension
  static final RunningServer SERVER = new RunningServer(() -> JvbServer.start(KEYS.settings()));

  @Override
  ServerUnderTest server() {
    return SERVER.get();
  }
}
