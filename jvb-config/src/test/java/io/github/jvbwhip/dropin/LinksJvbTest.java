package io.github.jvbwhip.dropin;

import io.github.jvbwhip.core.bridge.Bridge;
import io.github.jvbwhip.dropin.contract.TransportPeer;
import io.github.jvbwhip.jvb.scenario.LinkScenarios;
import io.github.jvbwhip.jvb.scenario.ScenarioPeer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.BeforeAll;

/**
 * The scenarios of links between three real bridges, in their own time. They are in this process,
 * each with classes of its own, and share with each other and the test what is told between them.
 */
@RequiresJvb
class LinksJvbTest extends LinkScenarios {
  private static final long LIMIT_SECONDS = 40;
  private static final long STEP_MILLIS = 20;
  private static final List<LoadedBridge> BRIDGES = new ArrayList<>();

  @BeforeAll
  static void load() throws Exception {
    for (int i = 0; i < 3; i++) {
      BRIDGES.add(
          new LoadedBridge(
              "relay { enabled = true, relay-id = bridge-%d }, sctp.enabled = false, websockets.enabled = true"
                  .formatted(i)));
    }
  }

  @AfterAll
  static void close() throws IOException {
    for (LoadedBridge bridge : BRIDGES) {
      bridge.close();
    }
  }

  @Override
  protected Bridge createBridge(int number) throws Exception {
    return (Bridge) BRIDGES.get(number).call("createBridge");
  }

  @Override
  protected ScenarioPeer newPeer(int number) throws Exception {
    return new TransportPeer();
  }

  @Override
  protected int conferences(int number) throws Exception {
    return (Integer) BRIDGES.get(number).call("conferences");
  }

  @Override
  protected void expireLink(int number, String id) throws Exception {
    BRIDGES.get(number).call("expireLink", id);
  }

  @Override
  protected void await(String what, BooleanSupplier condition, Runnable each) throws Exception {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - deadline > 0) {
        Assertions.fail("in vain: " + what);
      }
      each.run();
      TimeUnit.MILLISECONDS.sleep(STEP_MILLIS);
    }
  }
}
