package io.github.jvbwhip.integration;

import io.github.jvbwhip.dropin.RequiresJvb;
import java.util.Map;

/** {@link AccessContract} on a Jitsi Videobridge. */
@RequiresJvb
class AccessJvbTest extends AccessContract {
  @Override
  ServerUnderTest start(Map<String, ?> settings) {
    return JvbServer.start(settings);
  }
}
