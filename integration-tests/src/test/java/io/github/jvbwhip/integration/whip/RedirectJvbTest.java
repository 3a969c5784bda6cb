package io.github.jvbwhip.integration.whip;

import io.github.jvbwhip.dropin.RequiresJvb;
import io.github.jvbwhip.integration.JvbServer;
import io.github.jvbwhip.integration.RunningServer;
import io.github.jvbwhip.integration.ServerUnderTest;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.extension.RegisterExtension;

/** {@link RedirectContract} on two Jitsi Videobridges. */
@RequiresJvb
class RedirectJvbTest extends RedirectContract {
  @Order(1)
  @RegisterExtension
  static final RunningServer TARGET = new RunningServer(() -> JvbServer.start(TARGET_SETTINGS));

  @Order(2)
  @RegisterExtension
  static final RunningServer SERVER =
      new RunningServer(() -> JvbServer.start(settings(TARGET.get())));

  @Override
  ServerUnderTest server() {
    return SERVER.get();
  }

  @Override
  ServerUnderTest target() {
    return TARGET.get();
  }
}
