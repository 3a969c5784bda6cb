package io.github.jvbwhip.integration.operator;

import io.github.jvbwhip.dropin.RequiresJvb;
import io.github.jvbwhip.integration.JvbServer;
import io.github.jvbwhip.integration.RunningServer;
import io.github.jvbwhip.integration.ServerUnderTest;
import org.junit.jupiter.api.extension.RegisterExtension;

/** {@link OperatorContract} on a Jitsi Videobridge. */
@RequiresJvb
class OperatorJvbTest extends OperatorContract {
  @RegisterExtension static final NotifiedServer NOTIFIED = new NotifiedServer();

  @RegisterExtension
  static final RunningServer SERVER = new RunningServer(() -> JvbServer.start(settings(NOTIFIED)));

  @Override
  protected ServerUnderTest server() {
    return SERVER.get();
  }

  @Override
  NotifiedServer notified() {
    return NOTIFIED;
  }
}
