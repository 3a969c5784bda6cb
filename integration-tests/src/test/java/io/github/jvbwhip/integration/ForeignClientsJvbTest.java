package io.github.jvbwhip.integration;

import io.github.jvbwhip.dropin.RequiresJvb;
import org.junit.jupiter.api.extension.RegisterExtension;

/** {@link ForeignClientsContract} on a Jitsi Videobridge. */
@RequiresJvb
class ForeignClientsJvbTest extends ForeignClientsContract {
  @RegisterExtension static final RunningServer SERVER = new RunningServer(JvbServer::start);

  @Override
  ServerUnderTest server() {
    return SERVER.get();
  }
}
