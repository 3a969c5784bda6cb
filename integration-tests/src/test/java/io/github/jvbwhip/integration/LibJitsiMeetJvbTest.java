package io.github.jvbwhip.integration;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.dropin.JitsiMeet;
import io.github.jvbwhip.dropin.RequiresJitsiMeet;
import io.github.jvbwhip.integration.clients.ChromiumBrowser;
import io.github.jvbwhip.integration.clients.LibJitsiMeet;
import io.github.jvbwhip.integration.clients.MeetingPage;
import io.github.jvbwhip.integration.clients.ObsStandIn;
import io.github.jvbwhip.integration.clients.ProductPage;
import io.github.jvbwhip.integration.clients.Requires;
import io.github.jvbwhip.integration.clients.Tool;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/**
 * People with Jitsi Meet's own client library in meetings of a real Jicofo, on a real bridge, and
 * with them whoever publishes and watches by the plugin.
 */
@RequiresJitsiMeet
@EnabledIf(
    value = "io.github.jvbwhip.integration.clients.LibJitsiMeet#isInstalled",
    disabledReason = LibJitsiMeet.MISSING)
@Requires({Tool.CHROMIUM, Tool.OBS_STAND_IN})
class LibJitsiMeetJvbTest {
  private static final Duration SOON = Duration.ofSeconds(40);
  private static final Duration LATE = Duration.ofSeconds(60);

  /** How long a publisher may send nothing, where nothing else is configured. */
  private static final Duration MEDIA_TIMEOUT = Duration.ofSeconds(30);

  private static final String SIZE = "320x180";

  private static JitsiMeet meet;
  private static ChromiumBrowser browser;

  private String room;

  @BeforeAll
  static void start() throws Exception {
    meet = JitsiMeet.watchedOrSkip();
    browser = ChromiumBrowser.launch();
  }

  @AfterAll
  static void stop() {
    try (JitsiMeet servers = meet;
        ChromiumBrowser clients = browser) {
      // Both end, where they have begun.
    }
  }

  @BeforeEach
  void newRoom() {
    room = "room-" + UUID.randomUUID();
  }

  private MeetingPage join(String name, String colour) {
    return MeetingPage.join(browser, meet.webSocket(), room, name, colour);
  }

  private ObsStandIn obs() {
    return ObsStandIn.publishWithToken(meet.whip(room), JitsiMeet.TOKEN, SIZE);
  }

  private ProductPage watch() {
    URI page = meet.bridge().url("/watch?room=" + room + "#token=" + JitsiMeet.TOKEN);
    return ProductPage.open(browser, page);
  }

  private static void awaitSeenAndHeard(String name, MeetingPage... people) {
    for (MeetingPage each : people) {
      each.awaitFrames(name, 30, SOON);
      each.awaitSound(name, SOON);
    }
  }

  private static void assertLeft(Instant limit, MeetingPage... people) {
    for (MeetingPage each : people) {
      assertThat(each.left("obs").orElseThrow()).isBefore(limit);
    }
  }

  @Test
  void people_see_and_hear_obs_until_it_stops() {
    try (MeetingPage anna = join("Anna", "red");
        MeetingPage ben = join("Ben", "blue");
        ObsStandIn obs = obs()) {
      obs.awaitConnected(SOON);
      awaitSeenAndHeard("obs", anna, ben);
      assertThat(List.of(anna.videoCodec("obs"), ben.videoCodec("obs"))).containsOnly("video/H264");

      anna.mute("obs", "audio"); // The first one is the moderator.
      anna.awaitMuted("obs", "audio", true, SOON);
      ben.awaitMuted("obs", "audio", true, SOON);
      anna.awaitFrames("obs", 30, SOON);
      ben.awaitFrames("obs", 30, SOON);

      Instant end = Instant.now();
      obs.close();
      anna.awaitGone("obs", SOON);
      ben.awaitGone("obs", SOON);
      assertThat(obs.deleteStatus()).isEqualTo(200);
      assertLeft(end.plusSeconds(5), anna, ben);
    }
  }

  @Test
  void people_see_the_largest_layer_of_a_screen_that_obs_shares() {
    URI endpoint = meet.bridge().url("/whip/" + room + "/obs?video-type=desktop&name=Screen");
    try (MeetingPage anna = join("Anna", "red");
        ObsStandIn obs =
            ObsStandIn.publishWithToken(
                endpoint, JitsiMeet.TOKEN, "640x360", "320x180", "160x90")) {
      obs.awaitConnected(SOON);
      awaitSeenAndHeard("Screen", anna);
      try (MeetingPage late = join("Ben", "blue")) {
        awaitSeenAndHeard("Screen", late);
        anna.awaitWidth("Screen", 640, SOON);
        late.awaitWidth("Screen", 640, SOON);
        assertThat(List.of(anna.videoType("Screen"), late.videoType("Screen")))
            .containsOnly("desktop");

        anna.remove("Screen");
        late.awaitGone("Screen", SOON);
      }
    }
  }

  @Test
  void people_see_and_hear_a_browser_with_simulcast() {
    String query = "?autostart=1&source=pattern&stream=web&codec=VP8&simulcast=3&room=";
    URI page = meet.bridge().url("/publish" + query + room + "#token=" + JitsiMeet.TOKEN);
    try (MeetingPage anna = join("Anna", "red");
        MeetingPage ben = join("Ben", "blue");
        ProductPage publisher = ProductPage.open(browser, page)) {
      publisher.awaitState("live", SOON);
      awaitSeenAndHeard("web", anna, ben); // In which size depends on what the browser can send.
      assertThat(List.of(anna.videoCodec("web"), ben.videoCodec("web"))).containsOnly("video/VP8");
    }
  }

  @Test
  void obs_that_has_crashed_comes_back_into_its_place_or_is_seen_to_leave() {
    try (MeetingPage anna = join("Anna", "red");
        MeetingPage ben = join("Ben", "blue")) {
      ObsStandIn obs = obs();
      obs.awaitConnected(SOON);
      awaitSeenAndHeard("obs", anna, ben);
      obs.kill();
      obs = obs();
      obs.awaitConnected(SOON);
      awaitSeenAndHeard("obs", anna, ben);
      assertThat(List.of(anna.left("obs"), ben.left("obs"))).containsOnly(Optional.empty());

      Instant crash = Instant.now();
      obs.kill();
      anna.awaitGone("obs", LATE);
      ben.awaitGone("obs", LATE);
      assertLeft(crash.plus(MEDIA_TIMEOUT).plusSeconds(5), anna, ben);
    }
  }

  @Test
  void all_goes_on_after_a_restart_of_the_bridge() throws Exception {
    try (MeetingPage anna = join("Anna", "red");
        MeetingPage ben = join("Ben", "blue");
        ProductPage player = watch()) {
      anna.speak(true);
      player.awaitColour("red", SOON);
      try (ObsStandIn obs = obs()) {
        obs.awaitConnected(SOON);
        awaitSeenAndHeard("obs", anna, ben);
        meet.bridge().stop();
        anna.awaitGone("obs", SOON);
        ben.awaitGone("obs", SOON);
      }
      meet.bridge().restart();
      meet.awaitReady();
      try (ObsStandIn obs = obs()) {
        obs.awaitConnected(SOON);
        awaitSeenAndHeard("obs", anna, ben);
        anna.speak(false);
        ben.speak(true);
        player.awaitColour("blue", SOON);
      }
    }
  }

  @Test
  void a_player_sees_who_speaks_and_the_people_are_told() {
    try (MeetingPage anna = join("Anna", "red");
        MeetingPage ben = join("Ben", "blue");
        ObsStandIn obs = obs();
        ProductPage player = watch()) {
      obs.awaitConnected(SOON);
      anna.awaitPerson("Viewers (1)", SOON);
      ben.awaitPerson("Viewers (1)", SOON);
      anna.speak(true);
      player.awaitColour("red", SOON);
      player.awaitSounds(2, SOON); // OBS, which tells nobody how loud it is, is heard as well.
      anna.speak(false);
      ben.speak(true);
      player.awaitColour("blue", SOON);
      player.awaitFrames(60, SOON); // Of a picture with spatial layers, too.
      awaitSeenAndHeard("obs", anna, ben);
      player.close();
      anna.awaitGone("Viewers (1)", SOON);
    }
  }

  @Test
  void a_player_sees_a_screen_before_who_speaks() {
    try (MeetingPage anna = join("Anna", "red");
        MeetingPage ben = join("Ben", "blue");
        ProductPage player = watch()) {
      anna.awaitPerson("Viewers (1)", SOON);
      anna.speak(true);
      player.awaitColour("red", SOON);
      ben.share("lime");
      player.awaitColour("lime", SOON);
      ben.unshare();
      player.awaitColour("red", SOON);
    }
  }

  @Test
  void two_people_who_call_each_other_directly_are_seen() {
    URI server = meet.webSocket();
    try (MeetingPage anna = MeetingPage.joinCalling(browser, server, room, "Anna", "red");
        MeetingPage ben = MeetingPage.joinCalling(browser, server, room, "Ben", "blue")) {
      anna.awaitCall(true, SOON);
      ben.awaitCall(true, SOON);
      anna.speak(true);
      try (ProductPage player = watch()) {
        anna.awaitPerson("Viewers (1)", SOON);
        player.awaitColour("red", SOON);
      }
      anna.awaitCall(true, SOON);
    }
  }
}
