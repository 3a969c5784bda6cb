package io.github.jvbwhip.dropin;

import io.github.jvbwhip.core.bridge.BridgeContract;
import io.github.jvbwhip.testpeer.TestPeer;
import java.lang.annotation.Annotation;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Runs the bridge contract on a real bridge in this process. The bridge brings its own versions of
 * what is on the test's class path too, so it gets a class loader that sees its own jars, the
 * plugin and the contract, and of this one's classes only those of JUnit and AssertJ.
 */
class ContractJvbTest {
  private static URLClassLoader loader;

  /** Lets the test frameworks through, so that assertions and assumptions are the same classes. */
  private static final class Frameworks extends ClassLoader {
    private static final List<String> SHARED =
        List.of("org.junit.", "org.opentest4j.", "org.assertj.", "org.apiguardian.");

    Frameworks() {
      super(ClassLoader.getPlatformClassLoader());
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
      if (SHARED.stream().anyMatch(name::startsWith)) {
        return ContractJvbTest.class.getClassLoader().loadClass(name);
      }
      throw new ClassNotFoundException(name);
    }
  }

  @TestFactory
  Stream<DynamicTest> a_real_bridge_keeps_the_contract() throws Exception {
    Path home = JvbHome.orSkip();
    Path config = Files.createTempFile("jvb", ".conf");
    config.toFile().deleteOnExit();
    Files.writeString(
        config,
        "videobridge.ice.udp.port = "
            + JvbProcess.freeUdpPort()
            + "\nice4j.harvest { use-ipv6 = false, mapping { aws.enabled = false, stun.addresses = [] } }\n");
    System.setProperty("config.file", config.toString());
    loader = new URLClassLoader(classPath(home), new Frameworks());
    Class<?> contract = loader.loadClass("io.github.jvbwhip.dropin.contract.JvbContract");
    return Stream.of(contract.getSuperclass().getDeclaredMethods())
        .filter(method -> method.isAnnotationPresent(Test.class))
        .map(method -> DynamicTest.dynamicTest(method.getName(), () -> run(contract, method)));
  }

  @AfterAll
  static void closeLoader() throws Exception {
    System.clearProperty("config.file");
    if (loader != null) {
      loader.close();
    }
  }

  private static void run(Class<?> contract, Method test) throws Throwable {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    // The bridge looks for its configuration through this one.
    thread.setContextClassLoader(loader);
    try {
      runInLoader(contract, test);
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  private static void runInLoader(Class<?> contract, Method test) throws Throwable {
    Constructor<?> constructor = contract.getDeclaredConstructor();
    Object instance = constructor.newInstance();
    for (Method method : annotated(contract, BeforeEach.class)) {
      invoke(instance, method);
    }
    try {
      invoke(instance, test);
    } finally {
      for (Method method : annotated(contract, AfterEach.class)) {
        invoke(instance, method);
      }
    }
  }

  private static List<Method> annotated(Class<?> contract, Class<? extends Annotation> annotation) {
    return Stream.of(contract.getSuperclass().getDeclaredMethods())
        .filter(method -> method.isAnnotationPresent(annotation))
        .toList();
  }

  private static void invoke(Object instance, Method method) throws Throwable {
    method.setAccessible(true);
    try {
      method.invoke(instance);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  private static URL[] classPath(Path home) throws Exception {
    List<URL> urls = new ArrayList<>();
    urls.add(home.resolve("jitsi-videobridge.jar").toUri().toURL());
    try (Stream<Path> lib = Files.list(home.resolve("lib"))) {
      for (Path jar : lib.filter(p -> p.toString().endsWith(".jar")).toList()) {
        urls.add(jar.toUri().toURL());
      }
    }
    urls.add(JvbProcess.dropInJar().toUri().toURL());
    for (Class<?> type : List.of(ContractJvbTest.class, BridgeContract.class, TestPeer.class)) {
      urls.add(type.getProtectionDomain().getCodeSource().getLocation());
    }
    return urls.toArray(URL[]::new);
  }
}
