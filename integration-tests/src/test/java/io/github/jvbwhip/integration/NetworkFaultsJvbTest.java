package io.github.jvbwhip.integration;

import io.github.jvbwhip.dropin.RequiresJvb;
import org.junit.jupiter.api.extension.RegisterExtension;

/** {@link NetworkFaultsContract} on a Jitsi Videobridge. */
@RequiresJvb
class NetworkFaultsJvbTest extends NetworkFaultsContract {
  @RegisterExtension static final RunningServer SERVER = new RunningServer(JvbServer::start);

  @Override
  protected ServerUnderTest server() {
    return SERVER.get();
  }
}
