package io.github.jvbwhip.dropin;

import static io.github.jvbwhip.dropin.Peers.SOON;
import static io.github.jvbwhip.dropin.Peers.awaitContinuous;
import static io.github.jvbwhip.dropin.Peers.connected;
import static io.github.jvbwhip.dropin.Peers.eventually;
import static io.github.jvbwhip.dropin.Peers.otherNumbers;
import static io.github.jvbwhip.dropin.Peers.video;
import static io.github.jvbwhip.dropin.Peers.videoPackets;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.testpeer.TestPeer;
import io.github.jvbwhip.testpeer.VideoSettings;
import io.github.jvbwhip.testpeer.media.Codec;
import io.github.jvbwhip.testpeer.sdp.OfferSpec;
import io.github.jvbwhip.testpeer.signalling.Reply;
import java.net.URLClassLoader;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How sessions end, and what is left of them in the bridge. */
@RequiresJvb
class LifecycleJvbTest {
  private static final VideoSettings VIDEO = VideoSettings.defaults();

  /** Where the last flight of a DTLS server begins (RFC 6347 §4.2.4). */
  private static final byte CHANGE_CIPHER_SPEC = 20;

  private JvbProcess bridge;
  private String room;

  @BeforeEach
  void start() throws Exception {
    bridge =
        JvbProcess.start(
            JvbHome.orSkip(),
            Optional.of(JvbProcess.dropInJar()),
            JvbProcess.BOTH_ON
                + "videobridge.whip { media-timeout = 0s, drain-timeout = 3s }\n"
                + "videobridge.entity-expiration { timeout = 15 seconds, check-interval = 1 second }\n");
    room = Peers.newRoom();
  }

  @AfterEach
  void stop() {
    bridge.close();
  }

  @Test
  void delete_frees_everything() throws Exception {
    try (TestPeer publisher = publisher("");
        TestPeer player = player("")) {
      publisher.video(VIDEO).start();
      player.awaitVideoPackets(20, SOON);

      assertThat(player.hangUp().status()).isEqualTo(200);
      assertThat(publisher.hangUp().status()).isEqualTo(200);
      eventually("no conference is left", this::isEmpty);
    }
  }

  @Test
  void delete_ends_dtls_even_before_the_bridge_has_it() throws Exception {
    try (TestPeer player = TestPeer.open()) {
      AtomicBoolean lost = new AtomicBoolean();
      player
          .transport()
          .setOutgoingFilter(
              data -> data[0] != CHANGE_CIPHER_SPEC || !lost.compareAndSet(false, true));
      player.connect(bridge.url("/whep/" + room), otherNumbers(Codec.VP8));
      player.awaitConnected(SOON);
      assertThat(lost).isTrue();

      assertThat(player.hangUp().status()).isEqualTo(200);
      player.awaitClosedByRemote(SOON);
      eventually("no conference is left", this::isEmpty);
    }
  }

  @Test
  void a_client_that_closes_dtls_has_left() throws Exception {
    TestPeer publisher = publisher("");
    publisher.video(VIDEO).start();
    eventually("published", () -> bridge.get("/api/rooms").body().contains(room));

    publisher.close();
    eventually("gone", () -> !bridge.get("/api/rooms").body().contains(room));
    eventually("no conference is left", this::isEmpty);
  }

  @Test
  void an_endpoint_that_the_bridge_expires_is_noticed() throws Exception {
    TestPeer publisher = publisher("");
    publisher.video(VIDEO).start();
    eventually("published", () -> bridge.get("/api/rooms").body().contains(room));

    // Of whom it has got nothing the bridge forgets after two minutes only.
    TestPeer player = player("");
    player.awaitVideoPackets(10, SOON);
    player.hangUp();
    publisher.abandon();
    eventually("gone", () -> !bridge.get("/api/rooms").body().contains(room));
    assertThat(publisher.hangUp().status()).isEqualTo(200);
    eventually("no conference is left", this::isEmpty);
  }

  @Test
  void a_player_stays_through_its_publishers_return() throws Exception {
    TestPeer first = publisher("");
    try (TestPeer player = player("")) {
      first.video(VIDEO).start();
      player.awaitVideoPackets(50, SOON);
      first.hangUp();
      first.close();
      int before = videoPackets(player);
      try (TestPeer second = publisher("")) {
        second.video(VIDEO).start();
        player.await("more", SOON, () -> videoPackets(player) > before + 50);
        assertThat(video(player).timestampRegressions()).isZero();
        assertThat(video(player).missing()).isZero();
        assertThat(video(player).pictureIdGaps()).isZero();
        assertThat(video(player).keyframes()).isGreaterThanOrEqualTo(2);
      }
    }
  }

  @Test
  void pinned_players_get_their_stream_and_no_other() throws Exception {
    try (TestPeer small = publisher("/small");
        TestPeer large = publisher("/large");
        TestPeer pinned = player("/small")) {
      small.video(new VideoSettings(320, 180, 30, 300_000, 0)).start();
      large.video(new VideoSettings(1280, 720, 30, 900_000, 0)).start();
      pinned.awaitVideoPackets(60, SOON);

      assertThat(video(pinned).sizes()).containsExactly("320x180");
    }
  }

  @Test
  void the_stage_goes_on_with_who_remains() throws Exception {
    TestPeer small = publisher("/small");
    small.video(new VideoSettings(320, 180, 30, 300_000, 0)).start();
    try (TestPeer large = publisher("/large");
        TestPeer player = player("")) {
      player.awaitVideoPackets(30, SOON);
      large.video(new VideoSettings(1280, 720, 30, 900_000, 0)).start();
      assertThat(video(player).sizes()).containsExactly("320x180");

      small.hangUp();
      small.close();
      player.await("the other", SOON, () -> video(player).sizes().contains("1280x720"));
      awaitContinuous(player);
    }
  }

  /** RFC 9725 section 4.5, for WHEP too. */
  @Test
  void a_drained_bridge_takes_no_new_sessions() throws Exception {
    try (TestPeer publisher = publisher("");
        TestPeer late = TestPeer.open()) {
      assertThat(bridge.post("/colibri/drain/enable", "").statusCode()).isEqualTo(200);

      for (Reply reply :
          List.of(
              late.connect(bridge.url("/whep/" + room), otherNumbers(Codec.VP8)),
              late.connect(bridge.url("/whip/" + room + "/2"), OfferSpec.publisher(Codec.VP8)))) {
        assertThat(reply.status()).isEqualTo(503);
        assertThat(reply.header("Retry-After")).isPresent();
        assertThat(reply.body()).contains("error:draining");
      }
      assertThat(publisher.isConnected()).isTrue();
      publisher.awaitClosedByRemote(SOON);
      eventually(
          "it is logged", () -> bridge.logLines("SHUTDOWN (the bridge has drained)").size() == 1);
      eventually("no conference is left", this::isEmpty);

      assertThat(bridge.post("/colibri/drain/disable", "").statusCode()).isEqualTo(200);
      assertThat(late.connect(bridge.url("/whip/" + room), OfferSpec.publisher(Codec.VP8)).status())
          .isEqualTo(201);
    }
  }

  @Test
  void ice_restarts_with_new_credentials_or_stays_as_it_is() throws Exception {
    try (TestPeer publisher = publisher("");
        TestPeer player = player("")) {
      publisher.video(VIDEO).start();
      player.awaitVideoPackets(10, SOON);
      String fragment =
          "a=ice-ufrag:newu\r\na=ice-pwd:newpasswordnewpasswordnewp\r\n"
              + "m=audio 9 UDP/TLS/RTP/SAVPF 0\r\na=mid:0\r\n";
      Reply reply = publisher.patch(fragment, Map.of("If-Match", "*"));

      if (restartsIce()) {
        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        assertThat(reply.body())
            .contains("a=ice-ufrag:")
            .doesNotContain(publisher.remoteDescription().bundled().ice().ufrag());
        assertThat(bridge.logLines("ICE restart requested (generation=1)")).hasSize(1);
      } else {
        assertThat(reply.status()).as(reply.body()).isEqualTo(422);
        assertThat(reply.body()).contains("restart-refused");
        player.awaitVideoPackets(videoPackets(player) + 10, SOON);
      }
    }
  }

  /** Bridges before August 2026 do not. */
  private static boolean restartsIce() throws Exception {
    try (URLClassLoader classes = BridgeLoader.of(JvbHome.orSkip())) {
      Class<?> ice =
          Class.forName("org.jitsi.videobridge.transport.ice.IceTransport", false, classes);
      return Arrays.stream(ice.getMethods()).anyMatch(m -> m.getName().equals("requestIceRestart"));
    }
  }

  @Test
  void sigterm_ends_it_in_time() throws Exception {
    try (TestPeer publisher = publisher("");
        TestPeer player = player("")) {
      publisher.video(VIDEO).start();
      player.awaitVideoPackets(10, SOON);
      List<String> logged = bridge.logLines("Exception");
      long before = System.nanoTime();
      bridge.stop();
      assertThat(System.nanoTime() - before).isLessThan(10_000_000_000L);
      assertThat(bridge.logLines("Exception")).as("since the signal").isEqualTo(logged);
    }
  }

  private boolean isEmpty() throws Exception {
    return bridge.get("/debug").body().contains("\"conferences\":{}");
  }

  private TestPeer publisher(String stream) {
    return connected(bridge.url("/whip/" + room + stream), OfferSpec.publisher(Codec.VP8));
  }

  private TestPeer player(String stream) {
    return connected(bridge.url("/whep/" + room + stream), otherNumbers(Codec.VP8));
  }
}
