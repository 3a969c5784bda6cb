package io.github.jvbwhip.integration.operator;

import io.github.jvbwhip.integration.EmbeddedServer;
import io.github.jvbwhip.integration.RunningServer;
import io.github.jvbwhip.integration.ServerUnderTest;
import org.junit.jupiter.api.extension.RegisterExtension;

/** {@link OperatorContract} on the embedded bridge. */
class EmbeddedOperatorTest extends OperatorContract {
  @RegisterExtension static final NotifiedServer NOTIFIED = new NotifiedServer();

  @RegisterExtension
  static final RunningServer SERVER =
      new RunningServer(() -> EmbeddedServer.start(settings(NOTIFIED)));

  @Override
  protected ServerUnderTest server() {
    return SERVER.get();
  }

  @Override
  NotifiedServer notified() {
    return NOTIFIED;
  }
}
