package io.github.jvbwhip.dropin;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.dropin.References.Reference;
import io.github.jvbwhip.jvb.linkage.UsedMembers;
import java.lang.invoke.MethodType;
import java.net.URLClassLoader;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The jar against the classes of the bridge that is installed, those of its libraries included. */
class LinkageJvbTest {
  /** What the plugin does without where a bridge lacks it, by owner. */
  private static final Set<String> OPTIONAL =
      Set.of("org.jitsi.xmpp.extensions.colibri2.Transport$Builder.setIceRestart");

  /** What the bridge calls: the plugin overrides it. */
  private static final Set<String> CALLED_BACK = Set.of("rtcpPacketSent", "sendString");

  @Test
  void all_that_the_jar_refers_to_is_there() throws Exception {
    Set<Reference> references = References.of(JvbProcess.dropInJar(), "io/github/jvbwhip/");
    try (URLClassLoader bridge = BridgeLoader.of(JvbHome.orSkip())) {
      assertThat(references).hasSizeGreaterThan(500);
      assertThat(
              references.stream()
                  .filter(each -> !OPTIONAL.contains(each.owner() + "." + each.name()))
                  .filter(each -> !isThere(each, bridge))
                  .collect(Collectors.toList()))
          .isEmpty();
    }
  }

  @Test
  void no_member_is_asked_for_that_the_jar_does_not_use() throws Exception {
    Set<String> used =
        References.of(JvbProcess.dropInJar(), "io/github/jvbwhip/").stream()
            .map(each -> each.name() + " " + each.descriptor())
            .collect(Collectors.toSet());

    List<String> methods =
        UsedMembers.list().stream().filter(member -> member.startsWith("method ")).toList();

    assertThat(methods).hasSizeGreaterThan(50);
    assertThat(
            methods.stream()
                .filter(member -> !CALLED_BACK.contains(member.split(" ")[2]))
                .filter(member -> !used.contains(member.replaceFirst("method [^ ]+ ", ""))))
        .isEmpty();
  }

  private static boolean isThere(Reference reference, ClassLoader bridge) {
    try {
      Class<?> owner = Class.forName(reference.owner(), false, bridge);
      return reference.name().isEmpty() || supertypes(owner).anyMatch(t -> has(t, reference));
    } catch (ClassNotFoundException | LinkageError e) {
      return false;
    }
  }

  private static Stream<Class<?>> supertypes(Class<?> type) {
    Stream<Class<?>> parents =
        type.isInterface()
            ? Stream.of(Object.class)
            : Stream.ofNullable(type.getSuperclass()).flatMap(LinkageJvbTest::supertypes);
    return Stream.of(
            Stream.<Class<?>>of(type),
            parents,
            Arrays.stream(type.getInterfaces()).flatMap(LinkageJvbTest::supertypes))
        .flatMap(each -> each);
  }

  private static boolean has(Class<?> type, Reference reference) {
    if (!reference.descriptor().startsWith("(")) {
      return Arrays.stream(type.getDeclaredFields())
          .anyMatch(
              field ->
                  field.getName().equals(reference.name())
                      && field.getType().descriptorString().equals(reference.descriptor()));
    }
    if (reference.name().equals("<init>")) {
      return Arrays.stream(type.getDeclaredConstructors())
          .map(made -> MethodType.methodType(void.class, made.getParameterTypes()))
          .anyMatch(made -> made.descriptorString().equals(reference.descriptor()));
    }
    return Arrays.stream(type.getDeclaredMethods())
        .filter(method -> method.getName().equals(reference.name()))
        .map(m -> MethodType.methodType(m.getReturnType(), m.getParameterTypes()))
        .anyMatch(method -> method.descriptorString().equals(reference.descriptor()));
  }
}
