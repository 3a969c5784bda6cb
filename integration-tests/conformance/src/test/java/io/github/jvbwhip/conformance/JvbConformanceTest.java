package io.github.jvbwhip.conformance;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.jvbwhip.dropin.JvbHome;
import io.github.jvbwhip.dropin.JvbProcess;
import io.github.jvbwhip.dropin.RequiresJvb;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The product in a Jitsi Videobridge, where one is installed. */
@RequiresJvb
class JvbConformanceTest extends ProductConformance {

  @Override
  Product start(String whip, String whep) throws Exception {
    Path home = JvbHome.orSkip();
    Path jar = JvbProcess.dropInJar();
    assumeTrue(Files.exists(jar), "the drop-in jar is not built yet: run mvn verify");
    String settings =
        """
        videobridge.whip { %s }
        videobridge.whep { %s }
        """
            .formatted(whip, whep);
    JvbProcess bridge = JvbProcess.start(home, Optional.of(jar), JvbProcess.BOTH_ON + settings);
    return new Product() {
      @Override
      public URI uri() {
        return bridge.url("/");
      }

      @Override
      public void close() {
        bridge.close();
      }
    };
  }
}
