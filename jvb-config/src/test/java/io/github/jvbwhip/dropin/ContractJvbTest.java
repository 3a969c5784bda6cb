package io.github.jvbwhip.dropin;

import io.github.jvbwhip.testpeer.network.FreePort;
import java.lang.annotation.Annotation;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Runs the bridge contract, and the scenarios of rooms, on a real bridge in this process. */
@RequiresJvb
class ContractJvbTest {
  private static URLClassLoader loader;

  @BeforeAll
  static void load() throws Exception {
    Path home = JvbHome.orSkip();
    Path config = Files.createTempFile("jvb", ".conf");
    config.toFile().deleteOnExit();
    Files.writeString(
        config,
        "videobridge.ice.udp.port = "
            + FreePort.find()
            + "\nice4j.harvest { use-ipv6 = false, mapping { aws.enabled = false, stun.addresses = [] } }\n");
    System.setProperty("config.file", config.toString());
    loader = BridgeLoader.of(home);
  }

  @TestFactory
  Stream<DynamicTest> a_real_bridge_keeps_the_contract() throws Exception {
    return testsOf("JvbContract");
  }

  @TestFactory
  Stream<DynamicTest> the_scenarios_go_on_it_as_on_the_fake_one() throws Exception {
    return testsOf("JvbScenarios");
  }

  private static Stream<DynamicTest> testsOf(String name) throws Exception {
    Class<?> contract = loader.loadClass("io.github.jvbwhip.dropin.contract." + name);
    return Stream.of(contract.getSuperclass().getDeclaredMethods())
        .filter(method -> method.isAnnotationPresent(Test.class))
        .map(
            method ->
                DynamicTest.dynamicTest(
                    method.getName(),
                    () -> BridgeLoader.within(loader, () -> run(contract, method))));
  }

  @AfterAll
  static void closeLoader() throws Exception {
    System.clearProperty("config.file");
    if (loader != null) {
      loader.close();
    }
  }

  private static Void run(Class<?> contract, Method test) throws Throwable {
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
    return null;
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
}
