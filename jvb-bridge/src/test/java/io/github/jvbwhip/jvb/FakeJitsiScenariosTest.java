package io.github.jvbwhip.jvb;

import io.github.jvbwhip.core.bridge.Bridge;
import io.github.jvbwhip.jvb.fake.FakeHost;
import io.github.jvbwhip.jvb.fake.FakePeer;
import io.github.jvbwhip.jvb.scenario.RoomScenarios;
import io.github.jvbwhip.jvb.scenario.ScenarioPeer;
import java.time.Duration;
import java.util.Random;
import java.util.function.BooleanSupplier;
import org.assertj.core.api.Assertions;

/** The scenarios on the fake Jitsi Videobridge, by its own clock. */
class FakeJitsiScenariosTest extends RoomScenarios {
  private static final Duration STEP = Duration.ofMillis(20);
  private static final int STEPS = 1500;

  private final ScriptedThreads threads = new ScriptedThreads();
  final FakeHost host = new FakeHost(threads::nanoTime);

  @Override
  protected Bridge createBridge() {
    return new JvbBridge(host, threads, new CallBounds(), new Random(1));
  }

  @Override
  protected ScenarioPeer newPeer() {
    return new FakePeer(host);
  }

  @Override
  protected int conferences() {
    return host.conferences().size();
  }

  @Override
  protected void expire(String endpointId) {
    host.endpoint(endpointId).expireSilently();
  }

  @Override
  protected void await(String what, BooleanSupplier condition, Runnable each) {
    for (int i = 0; !condition.getAsBoolean(); i++) {
      if (i == STEPS) {
        Assertions.fail("in vain: " + what);
      }
      each.run();
      threads.pass(STEP);
    }
  }
}
