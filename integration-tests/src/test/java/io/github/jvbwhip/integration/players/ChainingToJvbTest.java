package io.github.jvbwhip.integration.players;

import io.github.jvbwhip.dropin.RequiresJvb;
import io.github.jvbwhip.integration.EmbeddedServer;
import io.github.jvbwhip.integration.JvbServer;
import io.github.jvbwhip.integration.RunningServer;
import io.github.jvbwhip.integration.ServerUnderTest;
import org.junit.jupiter.api.extension.RegisterExtension;

/** {@link ChainingContract} from the embedded bridge to a Jitsi Videobridge. */
@RequiresJvb
class ChainingToJvbTest extends ChainingContract {
  @RegisterExtension static final RunningServer SERVER = new RunningServer(EmbeddedServer::start);

  @RegisterExtension static final RunningServer NEXT = new RunningServer(JvbServer::start);

  @Override
  ServerUnderTest server() {
    return SERVER.get();
  }

  @Override
  ServerUnderTest next() {
    return NEXT.get();
  }
}
