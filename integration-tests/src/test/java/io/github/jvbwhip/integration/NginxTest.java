package io.github.jvbwhip.integration;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.integration.clients.ChromiumBrowser;
import io.github.jvbwhip.integration.clients.NginxProxy;
import io.github.jvbwhip.integration.clients.ProductPage;
import io.github.jvbwhip.integration.clients.Requires;
import io.github.jvbwhip.integration.clients.Tool;
import io.github.jvbwhip.testpeer.TestPeer;
import io.github.jvbwhip.testpeer.media.Codec;
import io.github.jvbwhip.testpeer.sdp.OfferSpec;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The product behind nginx, with each sample's locations. */
@Requires(Tool.NGINX)
@ParameterizedClass
@EnumSource(NginxProxy.Sample.class)
class NginxTest {
  private static final Duration SOON = Duration.ofSeconds(30);

  @Parameter private NginxProxy.Sample sample;

  private EmbeddedServer server;
  private NginxProxy nginx;

  @BeforeEach
  void start() {
    server =
        EmbeddedServer.start(
            Map.of(
                "videobridge.whip.auth.mode", "none",
                "videobridge.whep.auth.mode", "none",
                "videobridge.whip.trusted-proxies", List.of("127.0.0.1"),
                "videobridge.whep.trusted-proxies", List.of("127.0.0.1"),
                "videobridge.whip.location", "absolute"));
    nginx = NginxProxy.before(server.uri(), sample);
  }

  @AfterEach
  void stop() {
    nginx.close();
    server.close();
  }

  @Test
  @Requires(Tool.CHROMIUM)
  void the_pages_publish_and_watch_and_hear_events_at_once() {
    URI pages = nginx.uri().resolve("live/");
    try (ChromiumBrowser browser = ChromiumBrowser.launch();
        ProductPage publisher = ProductPage.publish(browser, pages, "room", "VP8", 1);
        ProductPage watcher = ProductPage.watch(browser, pages, "room")) {
      publisher.awaitState("live", SOON);
      watcher.awaitMovingPicture(SOON);
      watcher.awaitText(".viewers", "1 watching", SOON); // comes as an event
      try (ProductPage second = ProductPage.watch(browser, pages, "room")) {
        second.awaitMovingPicture(SOON);
        watcher.awaitText(".viewers", "2 watching", SOON);
      }
    }
  }

  @Test
  void the_embedded_player_and_the_elements_are_there_for_pages_of_others() throws Exception {
    HttpResponse<String> page = get("live/embed/room", "identity");
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.headers().firstValue("content-security-policy").orElse(""))
        .endsWith("frame-ancestors *");
    Matcher script = Pattern.compile("<script .*?src=\"([^\"]+)\"").matcher(page.body());
    assertThat(script.find()).isTrue();
    String path = URI.create("live/embed/room").resolve(script.group(1)).getPath();
    assertThat(path).startsWith("live/");
    assertThat(get(path, "identity").statusCode()).isEqualTo(200);

    HttpResponse<String> element = get("live/elements/v1/whep-player.js", "gzip");
    assertThat(element.headers().firstValue("access-control-allow-origin")).hasValue("*");
    assertThat(element.headers().firstValue("content-encoding")).hasValue("gzip");
  }

  private HttpResponse<String> get(String path, String encoding) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(nginx.uri().resolve(path))
            .header("Accept-Encoding", encoding)
            .build();
    return HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
  }

  /** Below the root, and below a prefix that the proxy takes off. */
  @ParameterizedTest
  @ValueSource(strings = {"whip/", "live/whip/"})
  void a_session_is_opened_and_ended_at_the_address_of_the_proxy(String path) {
    try (TestPeer publisher = TestPeer.open()) {
      publisher.connect(nginx.uri().resolve(path + "room/main"), OfferSpec.publisher(Codec.VP8));
      publisher.awaitConnected(SOON);
      assertThat(publisher.session().orElseThrow())
          .asString()
          .startsWith(nginx.uri() + path + "sessions/");
      assertThat(publisher.hangUp().status()).isEqualTo(200);
      publisher.awaitClosedByRemote(SOON);
    }
  }
}
