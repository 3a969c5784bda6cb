package io.github.jvbwhip.integration.monitoring;

import io.github.jvbwhip.dropin.JvbHome;
import io.github.jvbwhip.dropin.JvbProcess;
import io.github.jvbwhip.dropin.RequiresJvb;
import io.github.jvbwhip.integration.RunningServer;
import io.github.jvbwhip.integration.ServerUnderTest;
import java.io.IOException;
import java.net.URI;
import org.junit.jupiter.api.extension.RegisterExtension;

/** {@link MonitoringContract} on a Jitsi Videobridge, whose own metrics these are among. */
@RequiresJvb
class MonitoringJvbTest extends MonitoringContract {
  @RegisterExtension
  static final RunningServer SERVER = new RunningServer(MonitoringJvbTest::start);

  @Override
  protected ServerUnderTest server() {
    return SERVER.get();
  }

  @Override
  boolean isOfOtherBridge(String metric) {
    return metric.startsWith("jvm_") || metric.startsWith("process_");
  }

  /** A bridge with everything on its private HTTP server. */
  private static ServerUnderTest start() {
    try {
      JvbProcess bridge = JvbProcess.start(JvbHome.orSkip());
      return new ServerUnderTest() {
        @Override
        public URI uri() {
          return bridge.url("/");
        }

        @Override
        public void close() {
          bridge.close();
        }
      };
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }
}
