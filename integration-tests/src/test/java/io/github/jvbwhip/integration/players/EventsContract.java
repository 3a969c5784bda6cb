package io.github.jvbwhip.integration.players;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.integration.ServerUnderTest;
import io.github.jvbwhip.integration.clients.ChromiumBrowser;
import io.github.jvbwhip.integration.clients.ChromiumClient;
import io.github.jvbwhip.integration.clients.EventsPage;
import io.github.jvbwhip.integration.clients.Requires;
import io.github.jvbwhip.integration.clients.Tool;
import io.github.jvbwhip.testpeer.TestPeer;
import io.github.jvbwhip.testpeer.VideoSettings;
import io.github.jvbwhip.testpeer.media.Codec;
import io.github.jvbwhip.testpeer.sdp.CodecSpec;
import io.github.jvbwhip.testpeer.sdp.MediaSpec;
import io.github.jvbwhip.testpeer.sdp.MediaSpec.Direction;
import io.github.jvbwhip.testpeer.sdp.OfferSpec;
import io.github.jvbwhip.testpeer.signalling.HttpSignalling;
import io.github.jvbwhip.testpeer.signalling.Reply;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Chromium's EventSource hears every event, on every bridge (WHEP events document). */
abstract class EventsContract {
  private static final Duration SOON = Duration.ofSeconds(15);
  private static final String TOKEN = "cue";
  private static final String MESSAGE =
      "/DA8AAAAAAAAAP///wb+06ACpQAmAiRDVUVJAACcHX//AACky4AMEERJU0NZTVdGMDQ1MjAwMEgxAQEMm4c0";

  /** Starts a server with these configuration keys on top; the test closes it. */
  abstract ServerUnderTest start(Map<String, ?> settings);

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  @Requires(Tool.CHROMIUM)
  void chromium_hears_every_event(boolean named) {
    try (ChromiumBrowser browser = ChromiumBrowser.launch();
        ServerUnderTest server = start(Map.of("videobridge.whep.scte35.tokens", List.of(TOKEN)));
        TestPeer first = publish(server, OfferSpec.simulcastPublisher(Codec.VP8, "l", "m", "h"));
        EventsPage page = EventsPage.play(browser, server.whep("events", "main"), "VP8", named)) {
      page.awaitEvent("active", "\\{}", SOON);
      page.awaitEvent("layers", "\"rid\":\"h\".*\"width\":1280.*\"rid\":\"l\"", SOON);
      page.awaitEvent("speaker", "\"stream\":\"main\"", SOON);
      page.awaitEvent("stats", "\"connected\":true", SOON);
      page.awaitEvent("viewercount", "\"viewercount\":1", SOON);

      assertThat(inject(server.uri().resolve("whep/events:scte35")).status()).isEqualTo(204);
      page.awaitEvent("scte35", "^" + MESSAGE.replace("+", "\\+") + "$", SOON);

      first.hangUp();
      page.awaitEvent("inactive", "\\{}", SOON);
      try (TestPeer second = publish(server, OfferSpec.publisher(Codec.H264))) {
        page.awaitEvent("unsupported", "\"video\":\\[\"H264\"]", SOON);
        assertThat(second.isConnected()).isTrue();
      }

      server.close();
      page.awaitEvent("reconnect", "\\{.*}", SOON);
      assertThat(page.names().indexOf("active")).isLessThan(page.names().indexOf("inactive"));
    }
  }

  /** The publisher may send what this player takes, and does not. */
  @Test
  @Requires(Tool.CHROMIUM)
  void a_player_without_the_codec_that_is_sent_is_told() {
    try (ChromiumBrowser browser = ChromiumBrowser.launch();
        ServerUnderTest server = start(Map.of());
        ChromiumClient publisher =
            ChromiumClient.publish(browser, server.uri(), server.whip("events", "main"), "", 1);
        EventsPage page = EventsPage.play(browser, server.whep("events", "main"), "H264", true)) {
      publisher.awaitConnected(SOON);
      page.awaitEvent("unsupported", "\"video\":\\[\"VP8\"]", SOON);
    }
  }

  @Test
  @Requires(Tool.CHROMIUM)
  void a_player_without_the_codec_of_the_sound_is_told() {
    CodecSpec pcmu = CodecSpec.pcm(Codec.PCMU);
    OfferSpec camera =
        OfferSpec.of(
            MediaSpec.audio(Direction.SENDONLY).withCodecs(pcmu),
            MediaSpec.video(Direction.SENDONLY, Codec.VP8));
    try (ChromiumBrowser browser = ChromiumBrowser.launch();
        ServerUnderTest server = start(Map.of());
        TestPeer publisher = publish(server, camera);
        EventsPage page = EventsPage.play(browser, server.whep("events", "main"), "VP8", true)) {
      page.awaitEvent("unsupported", "\"audio\":\\[\"PCMU\"]", SOON);
      assertThat(publisher.isConnected()).isTrue();
    }
  }

  private static TestPeer publish(ServerUnderTest server, OfferSpec offer) {
    TestPeer publisher = TestPeer.open();
    try {
      assertThat(publisher.connect(server.whip("events", "main"), offer).status()).isEqualTo(201);
      publisher.awaitConnected(SOON);
      publisher.audio().start();
      publisher.video(new VideoSettings(1280, 720, 25, 900_000, 0)).start();
      return publisher;
    } catch (Throwable e) {
      publisher.close();
      throw e;
    }
  }

  private static Reply inject(URI uri) {
    Map<String, String> authorization = Map.of("Authorization", "Bearer " + TOKEN);
    return HttpSignalling.send("POST", uri, "text/plain", MESSAGE, authorization);
  }
}
