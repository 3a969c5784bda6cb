package io.github.jvbwhip.dropin;

import static io.github.jvbwhip.dropin.Peers.SOON;
import static io.github.jvbwhip.dropin.Peers.awaitContinuous;
import static io.github.jvbwhip.dropin.Peers.connected;
import static io.github.jvbwhip.dropin.Peers.eventually;
import static io.github.jvbwhip.dropin.Peers.otherNumbers;
import static io.github.jvbwhip.dropin.Peers.video;
import static io.github.jvbwhip.dropin.Peers.videoPackets;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.dropin.JitsiParticipant.Numbers;
import io.github.jvbwhip.testpeer.PeerOptions;
import io.github.jvbwhip.testpeer.TestPeer;
import io.github.jvbwhip.testpeer.VideoSettings;
import io.github.jvbwhip.testpeer.media.Codec;
import io.github.jvbwhip.testpeer.network.FreePort;
import io.github.jvbwhip.testpeer.sdp.CodecSpec;
import io.github.jvbwhip.testpeer.sdp.MediaSpec;
import io.github.jvbwhip.testpeer.sdp.MediaSpec.Direction;
import io.github.jvbwhip.testpeer.sdp.OfferSpec;
import io.github.jvbwhip.testpeer.signalling.Reply;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Conferences of others that are open to tokens, and a connector of the plugin's own. */
@RequiresJvb
class ConferenceJvbTest {
  private static final VideoSettings SMALL = new VideoSettings(320, 180, 30, 300_000, 0);
  private static final VideoSettings LARGE = new VideoSettings(1280, 720, 30, 900_000, 0);

  private static final Map<String, String> TOKEN = Map.of("Authorization", "Bearer known");

  private JvbProcess bridge;
  private int ownPort;
  private String room;

  @BeforeEach
  void start() throws Exception {
    ownPort = FreePort.find();
    bridge =
        JvbProcess.start(
            JvbHome.orSkip(),
            Optional.of(JvbProcess.dropInJar()),
            JvbProcess.BOTH_ON
                // The participant has no bridge channel on which to say what it wants.
                + "videobridge.cc.initial-max-height-px = 720\n"
                + "videobridge.whip { foreign-conferences = true, auth.tokens = [ known ] }\n"
                + "videobridge.whep.auth.tokens = [ known ]\n"
                + "videobridge.whip.http-server { host = 127.0.0.1, port = "
                + ownPort
                + " }\n");
    room = Peers.newRoom();
  }

  @AfterEach
  void stop() {
    bridge.close();
  }

  @Test
  void publishers_and_a_participant_with_three_numberings_share_a_conference() throws Exception {
    try (TestPeer participant =
            JitsiParticipant.join(
                bridge, room + "@conference.example.org", "aabbccdd", Numbers.USUAL, twin());
        TestPeer browser = twin();
        TestPeer obs = connected(whip("/obs"), OfferSpec.obs(), TOKEN);
        TestPeer seesParticipant = connected(whep("/aabbccdd"), otherNumbers(Codec.VP8), TOKEN);
        TestPeer seesBrowser = connected(whep("/browser"), otherNumbers(Codec.VP8), TOKEN);
        TestPeer seesObs = connected(whep("/obs"), otherNumbers(Codec.H264), TOKEN)) {
      // The browser has the SSRCs of the participant.
      Reply published = browser.connect(whip("/browser"), OfferSpec.publisher(Codec.VP8), TOKEN);
      assertThat(published.status()).as(published.body()).isEqualTo(201);
      browser.awaitConnected(SOON);
      participant.audio().start();
      participant.video(SMALL).start();
      browser.video(LARGE).start();
      obs.video(SMALL.withKeyframeInterval(30)).start();

      seesParticipant.await("participant", SOON, () -> videoPackets(seesParticipant) > 60);
      seesBrowser.await("browser", SOON, () -> videoPackets(seesBrowser) > 60);
      seesObs.await("OBS", SOON, () -> videoPackets(seesObs) > 60);
      seesParticipant.awaitAudioPackets(20, SOON);
      assertThat(video(seesParticipant).sizes()).containsExactly("320x180");
      awaitContinuous(seesParticipant);
      assertThat(video(seesBrowser).sizes()).containsExactly("1280x720");
      assertThat(video(seesObs).codec()).isEqualTo(Codec.H264);
      assertThat(video(seesObs).payloadTypes()).containsExactly(120);

      participant.await(
          "the participant sees the browser in its own numbers",
          SOON,
          () ->
              participant.received().video().stream()
                  .anyMatch(s -> s.sizes().contains("1280x720") && s.payloadTypes().contains(100)));
    }
  }

  @Test
  void a_player_that_comes_first_goes_by_the_numbers_of_the_people() throws Exception {
    Numbers swapped = new Numbers(Numbers.USUAL.vp8(), Numbers.USUAL.opus());
    String name = room + "@conference.example.org";
    try (TestPeer participant =
            JitsiParticipant.join(bridge, name, "aabbccdd", swapped, TestPeer.open());
        TestPeer player = connected(whep(""), otherNumbers(Codec.VP8), TOKEN)) {
      participant.audio().start();
      participant.video(SMALL).start();

      player.awaitVideoPackets(20, SOON);
      player.awaitAudioPackets(20, SOON);
    }
  }

  @Test
  void a_player_with_two_sections_of_sound_hears_two_people_and_a_source_can_be_pinned()
      throws Exception {
    MediaSpec sound = MediaSpec.audio(Direction.RECVONLY).withCodecs(CodecSpec.opus(109));
    MediaSpec picture =
        MediaSpec.video(Direction.RECVONLY, Codec.VP8).withCodecs(CodecSpec.video(Codec.VP8, 120));
    OfferSpec two = OfferSpec.of(sound, picture, sound.withMid("a2"));
    try (TestPeer alice =
            JitsiParticipant.join(bridge, room + "@conference.example.org", "aaaaaaaa");
        TestPeer bob = JitsiParticipant.joinAfter(bridge, "aaaaaaaa", "bbbbbbbb");
        TestPeer stage = connected(whep(""), two, TOKEN);
        TestPeer pinned = connected(whep("/bbbbbbbb-v0"), otherNumbers(Codec.VP8), TOKEN)) {
      alice.audio().start();
      bob.audio().start();
      bob.video(SMALL).start();

      stage.await("both are heard", SOON, () -> sounds(stage) == 2);
      pinned.await("Bob is seen", SOON, () -> videoPackets(pinned) > 30);
    }
  }

  private static long sounds(TestPeer player) {
    return player.received().audio().stream().filter(stream -> stream.packets() > 20).count();
  }

  private static TestPeer twin() {
    return TestPeer.open(PeerOptions.defaults(), new Random(4711));
  }

  @Test
  void players_do_not_keep_somebody_elses_conference_alive() throws Exception {
    TestPeer participant =
        JitsiParticipant.join(bridge, room + "@conference.example.org", "aabbccdd");
    try (TestPeer player = connected(whep(""), otherNumbers(Codec.VP8), TOKEN)) {
      participant.video(SMALL).start();
      player.awaitVideoPackets(20, SOON);
      bridge.patch(
          "/colibri/v2/conferences/aabbccdd-meeting",
          "{\"endpoints\":[{\"id\":\"aabbccdd\",\"expire\":true}]}");
      eventually( // The bridge itself would wait for a minute.
          "no conference is left",
          () -> bridge.get("/debug").body().contains("\"conferences\":{}"));
    } finally {
      participant.abandon();
    }
  }

  @Test
  void a_meeting_is_found_by_name_in_any_case_and_by_id_with_a_token_only_and_no_list_tells()
      throws Exception {
    try (TestPeer participant =
        JitsiParticipant.join(bridge, room + "@conference.example.org", "aabbccdd")) {
      participant.video(SMALL).start();
      for (String name : List.of(room, room.toUpperCase(Locale.ROOT), "aabbccdd-meeting")) {
        URI whep = URI.create("http://127.0.0.1:" + ownPort + "/whep/" + name);
        try (TestPeer stranger = TestPeer.open()) {
          assertThat(stranger.connect(whep, otherNumbers(Codec.VP8)).status()).isEqualTo(401);
        }
        try (TestPeer player = connected(whep, otherNumbers(Codec.VP8), TOKEN)) {
          player.awaitVideoPackets(20, SOON);
          assertThat(rooms()).isEqualTo("{\"rooms\":[]}");
        }
      }
    }
  }

  private String rooms() throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + ownPort + "/api/rooms"))
                .build(),
            HttpResponse.BodyHandlers.ofString())
        .body();
  }

  @Test
  void the_own_connector_has_nothing_of_the_bridges_interface() throws Exception {
    assertThat(bridge.logLines("on its own connector")).hasSize(1);
    assertThat(status("/whip/" + room)).isEqualTo(204);
    assertThat(status("/")).isEqualTo(200);
    assertThat(status("/about/version")).isEqualTo(404);
    assertThat(status("/colibri/stats")).isEqualTo(404);
    assertThat(bridge.get("/whip/" + room).statusCode()).isEqualTo(404);
    assertThat(bridge.get("/about/version").statusCode()).isEqualTo(200);
  }

  private int status(String path) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + ownPort + path))
            .header("Authorization", TOKEN.get("Authorization"))
            .build();
    return HttpClient.newHttpClient()
        .send(request, HttpResponse.BodyHandlers.discarding())
        .statusCode();
  }

  private URI whip(String stream) {
    return URI.create("http://127.0.0.1:" + ownPort + "/whip/" + room + stream);
  }

  private URI whep(String stream) {
    return URI.create("http://127.0.0.1:" + ownPort + "/whep/" + room + stream);
  }
}
