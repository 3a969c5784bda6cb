package io.github.jvbwhip.integration;

import io.github.jvbwhip.dropin.RequiresJvb;
import org.junit.jupiter.api.extension.RegisterExtension;

/** {@link FirstPictureContract} on a Jitsi Videobridge. */
@RequiresJvb
class FirstPictureJvbTest extends FirstPictureContract {
  @RegisterExtension static final RunningServer SERVER = new RunningServer(JvbServer::start);

  @Override
  protected ServerUnderTest server() {
    return SERVER.get();
  }
}
