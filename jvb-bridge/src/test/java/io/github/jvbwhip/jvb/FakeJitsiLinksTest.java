package io.github.jvbwhip.jvb;

import io.github.jvbwhip.core.bridge.Bridge;
import io.github.jvbwhip.jvb.fake.FakeHost;
import io.github.jvbwhip.jvb.fake.FakePeer;
import io.github.jvbwhip.jvb.fake.FakeRelay;
import io.github.jvbwhip.jvb.scenario.LinkScenarios;
import io.github.jvbwhip.jvb.scenario.ScenarioPeer;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;

/** The scenarios of links between fake Jitsi Videobridges, by their own clock. */
class FakeJitsiLinksTest extends LinkScenarios {
  private static final Duration STEP = Duration.ofMillis(20);
  private static final int STEPS = 1500;

  private final ScriptedThreads threads = new ScriptedThreads();
  private final List<FakeHost> hosts =
      Stream.generate(() -> new FakeHost(threads::nanoTime)).limit(3).toList();

  @Override
  protected Bridge createBridge(int number) {
    return new JvbBridge(hosts.get(number), threads, new CallBounds(), new Random(number));
  }

  @Override
  protected ScenarioPeer newPeer(int number) {
    return new FakePeer(hosts.get(number));
  }

  @Override
  protected int conferences(int number) {
    return hosts.get(number).conferences().size();
  }

  @Override
  protected void expireLink(int number, String id) {
    hosts.get(number).conferences().stream()
        .flatMap(conference -> conference.relays().stream())
        .filter(relay -> relay.id().equals(id))
        .forEach(FakeRelay::expireSilently);
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
