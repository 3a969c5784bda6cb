package io.github.jvbwhip.dropin;

import io.github.jvbwhip.core.bridge.Bridge;
import io.github.jvbwhip.dropin.contract.TransportPeer;
import io.github.jvbwhip.jvb.scenario.LinkScenarios;
import io.github.jvbwhip.jvb.scenario.ScenarioPeer;
import io.github.jvbwhip.testpeer.network.FreePort;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
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
  private static final String LINKS = "io.github.jvbwhip.dropin.contract.JvbLinks";
  private static final long LIMIT_SECONDS = 40;
  private static final long STEP_MILLIS = 20;
  private static final List<URLClassLoader> LOADERS = new ArrayList<>();

  @BeforeAll
  static void load() throws Throwable {
    for (int i = 0; i < 3; i++) {
      Path config = Files.createTempFile("jvb", ".conf");
      config.toFile().deleteOnExit();
      Files.writeString(config, configuration("bridge-" + i));
      System.setProperty("config.file", config.toString());
      URLClassLoader loader = BridgeLoader.of(JvbHome.orSkip(), List.of("io.github.jvbwhip.core."));
      LOADERS.add(loader);
      call(i, "conferences"); // It reads its configuration when it starts.
    }
  }

  private static String configuration(String relayId) throws IOException {
    return String.join(
        "\n",
        "videobridge {",
        "  ice.udp.port = " + FreePort.find(),
        "  relay { enabled = true, relay-id = " + relayId + " }",
        "  sctp.enabled = false",
        "  websockets.enabled = true",
        "}",
        "ice4j.harvest { use-ipv6 = false, mapping { aws.enabled = false, stun.addresses = [] } }",
        "");
  }

  @AfterAll
  static void close() throws IOException {
    System.clearProperty("config.file");
    for (URLClassLoader loader : LOADERS) {
      loader.close();
    }
  }

  private static Object call(int bridge, String method, Object... arguments) throws Exception {
    URLClassLoader loader = LOADERS.get(bridge);
    Class<?>[] types = new Class<?>[arguments.length];
    for (int i = 0; i < types.length; i++) {
      types[i] = arguments[i].getClass();
    }
    try {
      return BridgeLoader.within(
          loader,
          () -> {
            try {
              return loader.loadClass(LINKS).getMethod(method, types).invoke(null, arguments);
            } catch (InvocationTargetException e) {
              throw e.getCause();
            }
          });
    } catch (Exception | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  protected Bridge createBridge(int number) throws Exception {
    return (Bridge) call(number, "createBridge");
  }

  @Override
  protected ScenarioPeer newPeer(int number) throws Exception {
    return new TransportPeer();
  }

  @Override
  protected int conferences(int number) throws Exception {
    return (Integer) call(number, "conferences");
  }

  @Override
  protected void expireLink(int number, String id) throws Exception {
    call(number, "expireLink", id);
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
