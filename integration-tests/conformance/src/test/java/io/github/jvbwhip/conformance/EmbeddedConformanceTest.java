package io.github.jvbwhip.conformance;

import com.typesafe.config.ConfigFactory;
import io.github.jvbwhip.standalone.Standalone;
import java.net.URI;

/** The product on the embedded bridge. */
class EmbeddedConformanceTest extends ProductConformance {

  @Override
  Product start(String whip, String whep) throws Exception {
    String settings =
        """
        standalone { bridge = embedded, udp-port = 0, http { host = 127.0.0.1, port = 0 } }
        videobridge.whip { %s }
        videobridge.whep { %s }
        """
            .formatted(whip, whep);
    Standalone running =
        Standalone.start(Standalone.configuration(ConfigFactory.parseString(settings)));
    return new Product() {
      @Override
      public URI uri() {
        return running.uri();
      }

      @Override
      public void close() {
        running.close();
      }
    };
  }
}
