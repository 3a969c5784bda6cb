package io.github.jvbwhip.integration.players;

import io.github.jvbwhip.dropin.RequiresJvb;
import io.github.jvbwhip.integration.EmbeddedServer;
import io.github.jvbwhip.integration.JvbServer;
import io.github.jvbwhip.integration.RunningServer;
import io.github.jvbwhip.integration.ServerUnderTest;
import org.junit.jupiter.api.extension.RegisterExtension;

/** {@link ChainingContract} from a Jitsi Videobridge to the embedded bridge. */
@RequiresJvb
class ChainingFromJvbTest extends ChainingContract {
  @RegisterExtension static final RunningServer SERVER = new RunningServer(JvbServer::start);

  @RegisterExtension static final RunningServer NEXT = new RunningServer(EmbeddedServer::start);

  @Override
  ServerUnderTest server() {
    return SERVER.get();
  }

  @Override
  ServerUnderTest next() {
    return NEXT.get();
  }
}
