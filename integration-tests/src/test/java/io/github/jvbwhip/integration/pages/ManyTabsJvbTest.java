package io.github.jvbwhip.integration.pages;

import io.github.jvbwhip.dropin.RequiresJvb;
import io.github.jvbwhip.integration.JvbServer;
import io.github.jvbwhip.integration.RunningServer;
import io.github.jvbwhip.integration.ServerUnderTest;
import org.junit.jupiter.api.extension.RegisterExtension;

/** {@link ManyTabsContract} on a Jitsi Videobridge. */
@RequiresJvb
class ManyTabsJvbTest extends ManyTabsContract {
  @RegisterExtension static final RunningServer SERVER = new RunningServer(JvbServer::start);

  @Override
  ServerUnderTest server() {
    return SERVER.get();
  }
}
