package io.github.jvbwhip.integration.whip;

import io.github.jvbwhip.dropin.RequiresJvb;
import io.github.jvbwhip.integration.JvbServer;
import io.github.jvbwhip.integration.RunningServer;
import io.github.jvbwhip.integration.ServerUnderTest;
import org.junit.jupiter.api.extension.RegisterExtension;

/** {@link InsightContract} on a Jitsi Videobridge. */
@RequiresJvb
class InsightJvbTest extends InsightContract {
  @RegisterExtension
  static final RunningServer SERVER = new RunningServer(() -> JvbServer.start(SETTINGS));

  @Override
  ServerUnderTest server() {
    return SERVER.get();
  }
}
