package io.github.jvbwhip.integration;

import io.github.jvbwhip.dropin.RequiresJvb;
import org.junit.jupiter.api.extension.RegisterExtension;

/** {@link PublishAndWatchContract} on a Jitsi Videobridge. */
@RequiresJvb
class PublishAndWatchJvbTest extends PublishAndWatchContract {
  @RegisterExtension static final RunningServer SERVER = new RunningServer(JvbServer::start);

  @Override
  protected ServerUnderTest server() {
    return SERVER.get();
  }
}
