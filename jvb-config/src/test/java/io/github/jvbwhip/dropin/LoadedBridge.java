package io.github.jvbwhip.dropin;

import io.github.jvbwhip.testpeer.network.FreePort;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Security;
import java.util.Arrays;
import java.util.List;

/**
 * One of several real bridges in this process: it has classes of its own, and shares with the
 * others and the test those of {@code core}.
 */
final class LoadedBridge implements AutoCloseable {
  private static final String LINKS = "io.github.jvbwhip.dropin.contract.JvbLinks";
  private static final String CONFIG = "config.file";

  /**
   * The first bridge of a process leaves its own one with Java for all; when that one's classes
   * cannot be loaded any more, the others have no DTLS.
   */
  private static final String PROVIDER = "BC";

  private final URLClassLoader loader;

  /**
   * Starts it.
   *
   * @param videobridge what it has in the section of that name besides its port
   */
  LoadedBridge(String videobridge) throws Exception {
    Path config = Files.createTempFile("jvb", ".conf");
    config.toFile().deleteOnExit();
    Files.writeString(
        config,
        String.join(
            "\n",
            "videobridge { ice.udp.port = " + FreePort.find() + ", " + videobridge + " }",
            "ice4j.harvest { use-ipv6 = false, mapping { aws.enabled = false, stun.addresses = [] } }",
            ""));
    loader = BridgeLoader.of(JvbHome.orSkip(), List.of("io.github.jvbwhip.core."));
    Security.removeProvider(PROVIDER);
    System.setProperty(CONFIG, config.toString());
    try {
      call("conferences"); // It reads its configuration when it starts.
    } finally {
      System.clearProperty(CONFIG);
    }
  }

  /** Calls one of the methods that it has for tests. */
  Object call(String method, String... arguments) throws Exception {
    Class<?>[] types = new Class<?>[arguments.length];
    Arrays.fill(types, String.class);
    try {
      return BridgeLoader.within(
          loader,
          () -> {
            try {
              return loader
                  .loadClass(LINKS)
                  .getMethod(method, types)
                  .invoke(null, (Object[]) arguments);
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
  public void close() throws IOException {
    Security.removeProvider(PROVIDER);
    loader.close();
  }
}
