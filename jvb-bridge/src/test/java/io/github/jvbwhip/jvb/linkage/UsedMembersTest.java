package io.github.jvbwhip.jvb.linkage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Modifier;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jitsi.videobridge.Videobridge;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

class UsedMembersTest {
  private static final List<String> PRIVATE =
      List.of(
          "private-field org.jitsi.videobridge.Endpoint iceTransport"
              + " Lorg/jitsi/videobridge/transport/ice/IceTransport;",
          "private-field org.jitsi.nlj.rtp.codec.av1.Av1DDPacket av1DDHeaderExtensionId I");

  @Test
  void the_list_is_what_videobridge_api_declares() throws Exception {
    List<String> declared = new ArrayList<>();
    for (String name : declaredClasses()) {
      describe(Class.forName(name, false, getClass().getClassLoader()), declared);
    }
    declared.addAll(PRIVATE);

    assertThat(UsedMembers.list())
        .as(
            "used-members.txt; it should read:\n"
                + String.join("\n", declared.stream().sorted().toList()))
        .containsExactlyInAnyOrderElementsOf(declared);
  }

  @Test
  void an_installed_bridge_has_every_member() throws Exception {
    Path home = JvbHome.find().orElse(null);
    Assumptions.assumeTrue(
        home != null, "no Jitsi Videobridge found (-Djvb.home, JVB_HOME, " + JvbHome.DEBIAN + ")");

    try (URLClassLoader bridge =
        new URLClassLoader(JvbHome.jars(home), ClassLoader.getPlatformClassLoader())) {
      assertThat(UsedMembers.missing(UsedMembers.list(), bridge)).isEmpty();
    }
  }

  @Test
  void names_what_is_missing() {
    List<String> members =
        List.of(
            "class org.jitsi.videobridge.Videobridge java.lang.Object",
            "method org.jitsi.videobridge.Videobridge getDrainMode ()Z",
            "method org.jitsi.videobridge.Videobridge getDrainMode ()I",
            "method org.jitsi.videobridge.Videobridge noSuchMethod ()V",
            "field org.jitsi.videobridge.Videobridge noSuchField I",
            "constructor org.jitsi.videobridge.Videobridge (I)V",
            "private-field org.jitsi.videobridge.Videobridge gone I",
            "class org.jitsi.videobridge.NoSuchClass java.lang.Object",
            "class org.jitsi.videobridge.Endpoint java.lang.Thread");

    assertThat(UsedMembers.missing(members, Videobridge.class.getClassLoader()))
        .containsExactlyElementsOf(members.subList(2, members.size()));
  }

  private static void describe(Class<?> type, List<String> lines) {
    String name = type.getName();
    Class<?> parent = type.getSuperclass();
    lines.add("class " + name + " " + (parent == null ? name : parent.getName()));
    for (Class<?> each : type.getInterfaces()) {
      lines.add("class " + name + " " + each.getName());
    }
    Stream.of(type.getDeclaredMethods())
        .filter(m -> Modifier.isPublic(m.getModifiers()) && !m.isSynthetic() && !type.isEnum())
        .forEach(
            m -> lines.add("method " + name + " " + m.getName() + " " + Members.descriptor(m)));
    Stream.of(type.getDeclaredConstructors())
        .filter(c -> Modifier.isPublic(c.getModifiers()))
        .forEach(c -> lines.add("constructor " + name + " " + Members.descriptor(c)));
    Stream.of(type.getDeclaredFields())
        .filter(f -> Modifier.isPublic(f.getModifiers()))
        .forEach(f -> lines.add("field " + name + " " + f.getName() + " " + Members.descriptor(f)));
  }

  private static List<String> declaredClasses() throws Exception {
    URI api = Videobridge.class.getProtectionDomain().getCodeSource().getLocation().toURI();
    Path path = Path.of(api);
    if (Files.isDirectory(path)) {
      return classesUnder(path);
    }
    try (FileSystem jar = FileSystems.newFileSystem(path, Map.of())) {
      return classesUnder(jar.getPath("/"));
    }
  }

  private static List<String> classesUnder(Path root) throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      return files
          .map(p -> root.relativize(p).toString().replace('/', '.'))
          .filter(p -> p.startsWith("org.jitsi.") && p.endsWith(".class"))
          .map(p -> p.substring(0, p.length() - ".class".length()))
          .sorted()
          .toList();
    }
  }

  /** Where a bridge is installed. */
  private static final class JvbHome {
    static final String DEBIAN = "/usr/share/jitsi-videobridge";

    static java.util.Optional<Path> find() {
      return Stream.of(System.getProperty("jvb.home"), System.getenv("JVB_HOME"), DEBIAN)
          .filter(home -> home != null && !home.isBlank())
          .map(Path::of)
          .filter(home -> Files.isRegularFile(home.resolve("jitsi-videobridge.jar")))
          .findFirst();
    }

    static URL[] jars(Path home) throws IOException {
      try (Stream<Path> lib = Files.list(home.resolve("lib"))) {
        List<URL> urls = new ArrayList<>();
        urls.add(home.resolve("jitsi-videobridge.jar").toUri().toURL());
        for (Path jar : lib.filter(p -> p.toString().endsWith(".jar")).toList()) {
          urls.add(jar.toUri().toURL());
        }
        return urls.toArray(URL[]::new);
      }
    }
  }
}
