package io.github.jvbwhip.dropin;

import io.github.jvbwhip.core.bridge.BridgeContract;
import io.github.jvbwhip.dtls.DtlsIdentity;
import io.github.jvbwhip.jvb.scenario.RoomScenarios;
import io.github.jvbwhip.testpeer.TestPeer;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Loads a bridge into this process. The bridge brings its own versions of what is on the test's
 * class path too, so it gets a class loader that sees its own jars, the plugin and the tests, and
 * of this one's classes only those of JUnit and AssertJ.
 */
final class BridgeLoader {
  private BridgeLoader() {}

  /** Lets the test frameworks through, so that assertions and assumptions are the same classes. */
  private static final class Frameworks extends ClassLoader {
    private static final List<String> SHARED =
        List.of("org.junit.", "org.opentest4j.", "org.assertj.", "org.apiguardian.");

    private final List<String> shared;

    Frameworks(List<String> shared) {
      super(ClassLoader.getPlatformClassLoader());
      this.shared = shared;
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
      if (Stream.concat(SHARED.stream(), shared.stream()).anyMatch(name::startsWith)) {
        return BridgeLoader.class.getClassLoader().loadClass(name);
      }
      throw new ClassNotFoundException(name);
    }
  }

  /** What is done among the bridge's classes. */
  interface Task<T> {
    T run() throws Throwable;
  }

  /** Does it where the bridge looks for its configuration through this loader. */
  static <T> T within(ClassLoader loader, Task<T> task) throws Throwable {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(loader);
    try {
      return task.run();
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  /** The classes of the bridge that is installed there. */
  static URLClassLoader of(Path home) throws IOException {
    return of(home, List.of());
  }

  /**
   * One of several bridges, which a test uses together.
   *
   * @param shared the beginnings of the names of those classes that are the test's
   */
  static URLClassLoader of(Path home, List<String> shared) throws IOException {
    List<URL> urls = new ArrayList<>();
    urls.add(home.resolve("jitsi-videobridge.jar").toUri().toURL());
    try (Stream<Path> lib = Files.list(home.resolve("lib"))) {
      for (Path jar : lib.filter(p -> p.toString().endsWith(".jar")).toList()) {
        urls.add(jar.toUri().toURL());
      }
    }
    urls.add(JvbProcess.dropInJar().toUri().toURL());
    for (Class<?> type :
        List.of(
            BridgeLoader.class,
            BridgeContract.class,
            RoomScenarios.class,
            TestPeer.class,
            DtlsIdentity.class)) {
      urls.add(type.getProtectionDomain().getCodeSource().getLocation());
    }
    return new URLClassLoader(urls.toArray(URL[]::new), new Frameworks(shared));
  }
}
