package io.github.jvbwhip.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.github.jvbwhip.http.config.InvalidConfigException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StandaloneTest {
  private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

  private static Config config(Map<String, ?> changes) {
    return Standalone.configuration(
        ConfigFactory.parseMap(changes)
            .withFallback(
                ConfigFactory.parseString(
                    """
                    standalone {
                      http { host = "127.0.0.1", port = 0 }
                      udp-port = 0
                      bind = ["127.0.0.1"]
                    }
                    """)));
  }

  private static HttpResponse<String> get(HttpClient client, URI uri) throws Exception {
    return client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
  }

  /** Java's own client asks for clear HTTP/2 by an upgrade, which nobody gets. */
  @ParameterizedTest
  @EnumSource(Version.class)
  void serves_pages_endpoints_and_rooms_whatever_the_client_would_like(Version version)
      throws Exception {
    HttpClient client = HttpClient.newBuilder().version(version).build();
    try (Standalone running = Standalone.start(config(Map.of()))) {
      assertThat(get(client, running.uri()).body()).contains("<title>Rooms</title>");
      HttpResponse<String> rooms = get(client, running.uri().resolve("api/rooms"));
      assertThat(rooms.body()).isEqualTo("{\"rooms\":[]}");
      assertThat(rooms.version()).isEqualTo(Version.HTTP_1_1);
      HttpRequest badOffer =
          HttpRequest.newBuilder(running.uri().resolve("whip/demo"))
              .header("Content-Type", "application/sdp")
              .POST(BodyPublishers.ofString("no offer"))
              .build();
      HttpResponse<String> refused = client.send(badOffer, BodyHandlers.ofString());
      assertThat(refused.statusCode()).isEqualTo(400);
      assertThat(refused.headers().firstValue("content-type")).hasValue("application/problem+json");
    }
  }

  @Test
  void the_embedded_player_and_the_elements_are_for_pages_of_others() throws Exception {
    HttpClient client = HttpClient.newHttpClient();
    Config config =
        config(Map.of("videobridge.whep.embed.frame-ancestors", List.of("https://a.example")));
    try (Standalone running = Standalone.start(config)) {
      HttpResponse<String> page = get(client, running.uri().resolve("embed/room/stream"));
      assertThat(page.statusCode()).isEqualTo(200);
      assertThat(page.headers().firstValue("content-security-policy").orElse(""))
          .endsWith("; frame-ancestors https://a.example");
      HttpResponse<String> element =
          get(client, running.uri().resolve("elements/v1/whep-player.js"));
      assertThat(element.headers().firstValue("access-control-allow-origin")).hasValue("*");
    }
  }

  @Test
  void an_endpoint_that_is_off_is_not_served() throws Exception {
    HttpClient client = HttpClient.newHttpClient();
    try (Standalone running = Standalone.start(config(Map.of("videobridge.whip.enabled", false)))) {
      assertThat(get(client, running.uri().resolve("whip/demo")).statusCode()).isEqualTo(404);
      assertThat(get(client, running.uri().resolve("whep/demo")).statusCode()).isEqualTo(200);
    }
  }

  @Test
  void a_taken_http_port_is_said_in_one_line() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, LOOPBACK)) {
      assertThatThrownBy(
              () -> Standalone.start(config(Map.of("standalone.http.port", taken.getLocalPort()))))
          .isInstanceOf(StartupException.class)
          .hasMessageContaining("port " + taken.getLocalPort())
          .hasMessageContaining("--port")
          .hasMessageNotContaining("\n");
    }
  }

  @Test
  void a_taken_udp_port_is_said_in_one_line() throws Exception {
    try (DatagramSocket taken = new DatagramSocket(new InetSocketAddress(LOOPBACK, 0))) {
      assertThatThrownBy(
              () -> Standalone.start(config(Map.of("standalone.udp-port", taken.getLocalPort()))))
          .isInstanceOf(StartupException.class)
          .hasMessageContaining(String.valueOf(taken.getLocalPort()))
          .hasMessageContaining("--udp-port")
          .hasMessageNotContaining("\n");
    }
  }

  @Test
  void a_wrong_key_of_a_plugin_keeps_the_product_from_starting() {
    assertThatThrownBy(() -> Standalone.start(config(Map.of("videobridge.whep.color", "red"))))
        .isInstanceOf(InvalidConfigException.class)
        .hasMessageContaining("videobridge.whep.color");
  }

  @Test
  void nothing_stays_behind_after_close() throws Exception {
    Standalone.start(config(Map.of())).close();
    Set<Thread> before = Thread.getAllStackTraces().keySet();
    Standalone running = Standalone.start(config(Map.of()));
    running.close();
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (!before.contains(thread)) {
        thread.join(10_000);
      }
    }
    assertThat(
            Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> !before.contains(thread))
                .map(Thread::getName)
                .collect(Collectors.toSet()))
        .isEmpty();
  }
}
