package io.github.jvbwhip.whep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import io.github.jvbwhip.core.bridge.RoomName;
import io.github.jvbwhip.core.picture.FirstPicture;
import io.github.jvbwhip.core.sdp.SdpLimits;
import io.github.jvbwhip.http.config.FrameAncestors;
import io.github.jvbwhip.http.config.InvalidConfigException;
import io.github.jvbwhip.http.sse.SseSettings;
import io.github.jvbwhip.whep.WhepConfig.Offerer;
import io.github.jvbwhip.whep.WhepConfig.WhenUnpublished;
import io.github.jvbwhip.whep.events.EventSettings;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WhepConfigTest {
  @Test
  void has_defaults() throws Exception {
    WhepConfig config = WhepServer.config("");
    assertThat(config.http().enabled()).isFalse();
    assertThat(config.http().strict()).isFalse();
    assertThat(config.http().sdpLimits()).isEqualTo(SdpLimits.DEFAULT);
    assertThat(config.whenUnpublished()).isEqualTo(WhenUnpublished.WAIT);
    assertThat(config.retryAfter()).isEqualTo(Duration.ofSeconds(5));
    assertThat(config.offer()).isEqualTo(Offerer.PLAYER);
    assertThat(config.serverOfferRooms()).isEmpty();
    // WHEP §4.3.2: 30 seconds.
    assertThat(config.offerTime()).isEqualTo(Duration.ofSeconds(30));
    assertThat(config.firstPicture()).isEqualTo(FirstPicture.DEFAULT);
    assertThat(config.roomsApi()).isTrue();
    assertThat(config.frameAncestors()).isEqualTo(FrameAncestors.ALL);
    assertThat(config.scte35Tokens()).isEmpty();
    assertThat(config.events())
        .isEqualTo(new EventsConfig(true, 4, EventSettings.DEFAULTS, SseSettings.DEFAULTS));
  }

  @Test
  void every_key_can_be_set() throws Exception {
    WhepConfig config =
        WhepServer.config(
            """
            enabled = true
            when-unpublished = conflict
            retry-after = 1 minute
            offer = server
            server-offer-rooms = [ a, b ]
            offer-time = 10 seconds
            rooms-api = false
            embed.frame-ancestors = [ self, "https://a.example" ]
            first-picture {
              enabled = false
              max-bytes = 1 MB
              max-time = 3 seconds
              max-total-bytes = 5 MB
            }
            scte35.tokens = [ t ]
            events {
              enabled = false
              max-streams-per-session = 9
              viewer-count-interval = 1 second
              layers-interval = 2 seconds
              stats-interval = 3 seconds
              max-queued-events = 5
              max-queued-bytes = 6 KiB
              heartbeat = 7 seconds
              stall-timeout = 8 seconds
              retry = 9 seconds
            }
            """);
    assertThat(config.http().enabled()).isTrue();
    assertThat(config.whenUnpublished()).isEqualTo(WhenUnpublished.CONFLICT);
    assertThat(config.retryAfter()).isEqualTo(Duration.ofMinutes(1));
    assertThat(config.offer()).isEqualTo(Offerer.SERVER);
    assertThat(config.serverOfferRooms())
        .containsExactlyInAnyOrder(new RoomName("a"), new RoomName("b"));
    assertThat(config.offerTime()).isEqualTo(Duration.ofSeconds(10));
    assertThat(config.firstPicture())
        .isEqualTo(new FirstPicture(false, 1_000_000, Duration.ofSeconds(3), 5_000_000));
    assertThat(config.roomsApi()).isFalse();
    assertThat(config.frameAncestors())
        .isEqualTo(new FrameAncestors(List.of("self", "https://a.example")));
    assertThat(config.scte35Tokens()).containsExactly("t");
    assertThat(config.events())
        .isEqualTo(
            new EventsConfig(
                false,
                9,
                new EventSettings(
                    Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(3)),
                new SseSettings(
                    5,
                    6 * 1024,
                    Duration.ofSeconds(7),
                    Duration.ofSeconds(8),
                    Duration.ofSeconds(9))));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "when-unpublished = maybe | videobridge.whep.when-unpublished has to be one of wait, conflict",
        "server-offer-rooms = [ \"a b\" ] | videobridge.whep.server-offer-rooms has to be a list of room names",
        "offer-time = 10 ms | videobridge.whep.offer-time has to be at least one second",
        "events.heartbeat = 0 s | videobridge.whep.events.heartbeat has to be a duration longer than zero",
        "scte35.tokens = [ \"\" ] | videobridge.whep.scte35.tokens has to be a list of tokens",
        "embed.frame-ancestors = [ \"a b\" ] | videobridge.whep.embed.frame-ancestors has to be a list of *, self, or origins",
        "embed.frame-ancestors = \"*\" | videobridge.whep.embed.frame-ancestors has to be a list of texts",
        "embed.ancestors = [] | videobridge.whep.embed.ancestors is not a known key",
        "strikt = true | videobridge.whep.strikt is not a known key",
        "first-picture.max-bytes = no | videobridge.whep.first-picture.max-bytes has to be a size",
        "first-picture.on = true | videobridge.whep.first-picture.on is not a known key",
        "events.hartbeat = 1 s | videobridge.whep.events.hartbeat is not a known key"
      })
  void a_wrong_key_is_named(String config, String message) {
    assertThatThrownBy(() -> WhepServer.config(config))
        .isInstanceOf(InvalidConfigException.class)
        .hasMessageStartingWith(message);
  }

  @Test
  void keys_of_others_are_let_be() throws Exception {
    WhepConfig config =
        WhepConfig.read(
            ConfigFactory.parseString("videobridge.whep.http.port = 8443")
                .withFallback(ConfigFactory.parseResources("reference.conf"))
                .resolve(),
            Set.of("http"));
    assertThat(config.http().enabled()).isFalse();
  }

  @Test
  void tokens_are_not_printed() throws Exception {
    WhepConfig config = WhepServer.config("scte35.tokens = [ hush ], auth.tokens = [ quiet ]");
    assertThat(config.toString()).doesNotContain("hush").doesNotContain("quiet");
  }
}
