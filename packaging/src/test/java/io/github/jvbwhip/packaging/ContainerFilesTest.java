package io.github.jvbwhip.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** What can be tried of the containers' files without a container engine. */
class ContainerFilesTest {
  private static final Path COMPOSE = Path.of("src/compose");
  private static final Path OCI = Path.of("src/oci");

  private static JsonNode services() throws IOException {
    return new YAMLMapper()
        .readTree(COMPOSE.resolve("docker-compose.whip.yml").toFile())
        .required("services");
  }

  private static List<String> texts(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false).map(JsonNode::asText).toList();
  }

  /** As docker-jitsi-meet has them: its bridge's class path, and what its scripts copy. */
  @Test
  void the_override_puts_each_file_where_the_containers_look_for_it() throws IOException {
    JsonNode services = services();
    assertThat(texts(services.at("/jvb/volumes")))
        .containsExactlyInAnyOrder(
            "./jvb-whip-whep.jar:/usr/share/jitsi-videobridge/lib/jvb-whip-whep.jar:ro,z",
            "./custom-jvb.conf:/config/custom-jvb.conf:ro,z");
    assertThat(texts(services.at("/web/volumes")))
        .containsExactly("./nginx-whip.conf:/config/nginx-custom/whip.conf:ro,z");
    assertThat(COMPOSE.resolve("custom-jvb.conf")).isNotEmptyFile();
    assertThat(COMPOSE.resolve("nginx-whip.conf"))
        .content()
        .contains("set $whip_jvb http://jvb:" + services.at("/jvb/expose/0").asText() + ";");
    assertThat(COMPOSE.resolve("custom-jvb.conf"))
        .content()
        .contains("port = " + services.at("/jvb/expose/0").asText(), "${WHIP_TOKEN}");
    assertThat(services.at("/jvb/environment/0").asText()).startsWith("WHIP_TOKEN=${WHIP_TOKEN:?");
    assertThat(services.at("/jvb/ports").isMissingNode()).isTrue();
  }

  /** The context of a build is the module's directory. */
  @Test
  void the_image_is_made_of_files_that_are_there() throws IOException {
    String recipe =
        Files.readString(OCI.resolve("Containerfile")).replace("${VERSION}", Release.VERSION);
    List<String> sources =
        recipe
            .lines()
            .filter(line -> line.matches("(ADD|COPY) .*"))
            .map(line -> line.replaceAll("--\\S+ ", "").split(" ")[1])
            .toList();
    assertThat(sources).hasSize(2).allSatisfy(source -> assertThat(Path.of(source)).exists());
    String start = recipe.split("ENTRYPOINT \\[\"/opt/jvb-whip-standalone/")[1].split("\"")[0];
    assertThat(Release.DIRECTORY.resolve(start)).isExecutable();
  }

  @Test
  void its_check_is_content_with_a_server_that_says_that_it_is_well() throws Exception {
    AtomicInteger status = new AtomicInteger(200);
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/health",
        exchange -> {
          exchange.sendResponseHeaders(status.get(), -1);
          exchange.close();
        });
    server.start();
    String port = String.valueOf(server.getAddress().getPort());
    try {
      assertThat(check(port)).isZero();
      status.set(503);
      assertThat(check(port)).isNotZero();
    } finally {
      server.stop(0);
    }
    assertThat(check(port)).isNotZero();
  }

  private static int check(String port) throws IOException {
    return Command.run(Map.of(), OCI.resolve("healthcheck"), port).status();
  }
}
