package io.github.jvbwhip.dropin;

import static io.github.jvbwhip.dropin.Peers.SOON;
import static io.github.jvbwhip.dropin.Peers.eventually;
import static io.github.jvbwhip.dropin.Peers.otherNumbers;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.core.metrics.Exposition;
import io.github.jvbwhip.testpeer.MediaSender;
import io.github.jvbwhip.testpeer.PeerOptions;
import io.github.jvbwhip.testpeer.TestPeer;
import io.github.jvbwhip.testpeer.VideoSettings;
import io.github.jvbwhip.testpeer.media.Codec;
import io.github.jvbwhip.testpeer.rtp.RtpPacket;
import io.github.jvbwhip.testpeer.sdp.MediaSpec;
import io.github.jvbwhip.testpeer.sdp.OfferSpec;
import io.github.jvbwhip.testpeer.signalling.HttpSignalling;
import io.github.jvbwhip.testpeer.signalling.Reply;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The plugin's metrics among the bridge's own, and how they move. */
@RequiresJvb
class MetricsJvbTest {
  private static final Map<String, String> TOKEN = Map.of("Authorization", "Bearer good");

  private static final String OPENED = "whip_whep_sessions_opened_total{kind=\"whep\"}";
  private static final String CLOSED =
      "whip_whep_sessions_ended_total{kind=\"whep\",reason=\"closed\"}";

  private double openedBefore;
  private double closedBefore;
  private JvbProcess bridge;
  private BridgeState state;
  private String room;
  private int hostile;

  @BeforeEach
  void start() throws Exception {
    bridge =
        JvbProcess.start(
            JvbHome.orSkip(),
            Optional.of(JvbProcess.dropInJar()),
            JvbProcess.BOTH_ON
                + "videobridge { whip.auth.tokens = [ good ], whep.auth.tokens = [ good ] }\n"
                // Players would not have to wait for a keyframe.
                + "videobridge.whep.first-picture.enabled = false\n");
    state = new BridgeState(bridge);
    room = Peers.newRoom();
    eventually("the plugin has warmed up", state::isWarm);
    // It has made sessions itself.
    openedBefore = state.metric(OPENED);
    closedBefore = state.metric(CLOSED);
  }

  @AfterEach
  void stop() {
    bridge.close();
  }

  @Test
  void posts_are_counted_by_outcome() throws Exception {
    URI whip = bridge.url("/whip/" + room);
    URI whep = bridge.url("/whep/" + room);
    try (TestPeer publisher = TestPeer.open();
        TestPeer player = TestPeer.open()) {
      String offer = publisher.offer(OfferSpec.publisher(Codec.VP8));
      assertPost(401, "whip", "unauthorized", whip, "application/sdp", offer, Map.of());
      assertPost(415, "whip", "unsupported-media-type", whip, "text/plain", offer, TOKEN);
      assertPost(400, "whip", "malformed-sdp", whip, "application/sdp", "nonsense", TOKEN);
      assertPost(
          422,
          "whip",
          "no-common-codec",
          whip,
          "application/sdp",
          offer.replace("VP8/90000", "VP0/90000"),
          TOKEN);
      assertPost(201, "whip", "created", whip, "application/sdp", offer, TOKEN);
      assertPost(
          406,
          "whep",
          "counter-offer",
          whep,
          "application/sdp",
          player.offer(otherNumbers(Codec.VP8)).replace("a=recvonly", "a=sendonly"),
          TOKEN);
      assertPost(404, "whep", "not-found", bridge.url("/whep/a%20b"), "text/plain", "x", TOKEN);
      assertThat(bridge.post("/colibri/drain/enable", "").statusCode()).isEqualTo(200);
      assertPost(503, "whip", "draining", whip, "application/sdp", offer, TOKEN);
      eventually("it says so", () -> state.metric("whip_whep_accepting") == 0);
      assertThat(state.metric("whip_answer_seconds_count")).isEqualTo(1);
      assertThat(state.metric("whep_answer_seconds_count")).isZero();
    }
  }

  private void assertPost(
      int status,
      String kind,
      String outcome,
      URI endpoint,
      String type,
      String body,
      Map<String, String> headers)
      throws Exception {
    Reply reply = HttpSignalling.send("POST", endpoint, type, body, headers);
    assertThat(reply.status()).as(reply.body()).isEqualTo(status);
    assertThat(state.metric("whip_whep_posts_total{kind=\"%s\",outcome=\"%s\"}", kind, outcome))
        .as(outcome)
        .isEqualTo(1);
  }

  @Test
  void sessions_are_counted_by_state_and_rooms_by_their_players() throws Exception {
    try (TestPeer publisher = TestPeer.open();
        TestPeer player = TestPeer.open();
        TestPeer silent = TestPeer.open()) {
      connect(publisher, "/whip/", OfferSpec.publisher(Codec.VP8));
      connect(player, "/whep/", otherNumbers(Codec.VP8));
      URI whep = bridge.url("/whep/" + room);
      String offer = silent.offer(otherNumbers(Codec.VP8).withoutCandidates());
      assertThat(HttpSignalling.post(whep, offer, TOKEN).status()).isEqualTo(201);
      assertThat(HttpSignalling.send("POST", whep, null, null, TOKEN).status()).isEqualTo(201);

      eventually("one connected publisher", () -> sessions("whip", "connected") == 1);
      eventually("one connected player", () -> sessions("whep", "connected") == 1);
      eventually("one is connecting", () -> sessions("whep", "connecting") == 1);
      eventually("one has an offer", () -> sessions("whep", "offered") == 1);
      eventually(
          "one room with one player",
          () ->
              state.metric("whep_players_of_largest_room") == 1
                  && state.metric("whep_players_of_rooms_bucket{le=\"0.0\"}") == 0
                  && state.metric("whep_players_of_rooms_bucket{le=\"1.0\"}") == 1);
      assertThat(state.metric("whip_whep_connect_seconds_count")).isEqualTo(2);
      assertThat(state.metric("whip_whep_connect_seconds_sum")).isPositive();
      assertThat(state.metric("whip_whep_allocation_seconds_count")).isGreaterThanOrEqualTo(4);
      assertThat(state.metric("whip_answer_seconds_count")).isEqualTo(1);
      assertThat(state.metric("whep_answer_seconds_count")).isEqualTo(3);

      assertThat(state.metric("whip_whep_accepting")).isEqualTo(1);
      assertThat(state.metric("whip_whep_sessions_limit{kind=\"whip\"}")).isEqualTo(1000);

      player.hangUp();
      publisher.hangUp();
      eventually("no connected player", () -> sessions("whep", "connected") == 0);
      eventually("no publisher", () -> sessions("whip", "connected") == 0);
      eventually(
          "no room with players",
          () -> state.metric("whep_players_of_rooms_bucket{le=\"0.0\"}") == 1);
      assertThat(state.metric(OPENED)).isEqualTo(3 + openedBefore);
      assertThat(state.metric(CLOSED)).isEqualTo(1 + closedBefore);
      new Exposition(bridge.get("/metrics").body()).assertHasProductMetrics();
    }
  }

  private double sessions(String kind, String in) throws Exception {
    return state.metric("whip_whep_sessions{kind=\"%s\",state=\"%s\"}", kind, in);
  }

  @Test
  void packets_are_counted_and_learning_is_timed() throws Exception {
    try (TestPeer publisher = TestPeer.open();
        TestPeer player = TestPeer.open()) {
      connect(player, "/whep/", otherNumbers(Codec.VP8));
      connect(publisher, "/whip/", OfferSpec.simulcastPublisher(Codec.VP8, "l", "m", "h"));
      assertThat(state.metric("whip_ssrc_learning_seconds_count")).isZero();
      publisher.video(new VideoSettings(640, 360, 30, 600_000, 0)).start();
      publisher.audio().start();
      player.awaitVideoPackets(60, SOON);
      player.awaitAudioPackets(20, SOON);

      assertThat(state.metric("whip_ssrc_learning_seconds_count")).isEqualTo(3);
      assertThat(state.metric("whip_ssrc_learning_seconds_sum")).isPositive();
      eventually("packets of the publisher", () -> rewritten("whip") >= 80);
      eventually("packets for the player", () -> rewritten("whep") >= 80);
      double before = rewritten("whep");
      eventually("more of them", () -> rewritten("whep") > before);
    }
  }

  @Test
  void packets_of_an_ssrc_that_is_still_unknown_at_the_end_are_counted() throws Exception {
    eventually(
        "unknown SSRC",
        () -> {
          try (TestPeer publisher = TestPeer.open()) {
            connect(publisher, "/whip/", OfferSpec.simulcastPublisher(Codec.VP8, "l", "m", "h"));
            MediaSender video = publisher.video(VideoSettings.defaults());
            video.sendFrame(0); // Alone: the others are waited for.
            assertThat(publisher.hangUp().status()).isEqualTo(200);
          }
          return dropped("whip", "unknown_ssrc") > 0;
        });
  }

  @Test
  void packets_before_the_keyframe_that_a_player_begins_with_are_counted() throws Exception {
    try (TestPeer publisher = TestPeer.open(PeerOptions.defaults().ignoringKeyframeRequests());
        TestPeer player = TestPeer.open()) {
      connect(publisher, "/whip/", OfferSpec.publisher(Codec.H264));
      MediaSender video = publisher.video(VideoSettings.defaults());
      video.start();
      // Not when they are sent: those that come before DTLS is through are held.
      eventually("the bridge is beyond its keyframe", () -> rewritten("whip") > 50);
      connect(player, "/whep/", otherNumbers(Codec.H264));
      eventually("before the keyframe", () -> dropped("whep", "before_keyframe") > 0);
      assertThat(player.received().videoPackets()).isZero();

      video.wantKeyframe();
      player.awaitVideoPackets(30, SOON);
    }
  }

  @Test
  void packets_of_a_codec_that_a_player_does_not_take_are_counted() throws Exception {
    OfferSpec twoCodecs =
        OfferSpec.of(
            MediaSpec.audio(MediaSpec.Direction.SENDONLY),
            MediaSpec.video(MediaSpec.Direction.SENDONLY, Codec.H264, Codec.H265));
    try (TestPeer publisher = TestPeer.open();
        TestPeer player = TestPeer.open()) {
      connect(publisher, "/whip/", twoCodecs);
      connect(player, "/whep/", otherNumbers(Codec.H264));
      MediaSender video = publisher.video(VideoSettings.defaults());
      video.start();
      player.awaitVideoPackets(30, SOON);
      video.stop();
      eventually(
          "another codec",
          () -> {
            publisher.transport().sendRtp(packet(video, 98).toBytes());
            return dropped("whep", "payload_type") > 0;
          });
      assertThat(Peers.video(player).payloadTypes()).containsExactly(120);
    }
  }

  /** A packet that the sender has not sent, with another payload type. */
  private RtpPacket packet(MediaSender video, int payloadType) {
    return new RtpPacket(
        true,
        payloadType,
        video.encoding().nextSequenceNumber() + hostile++ & 0xffff,
        0,
        video.encoding().encoding().ssrc(),
        new TreeMap<>(),
        new byte[] {2, 1, 0x55, 0x55});
  }

  private double dropped(String kind, String reason) throws Exception {
    return state.metric("whip_whep_packets_dropped_total{kind=\"%s\",reason=\"%s\"}", kind, reason);
  }

  private double rewritten(String kind) throws Exception {
    return state.metric("whip_whep_packets_rewritten_total{kind=\"%s\"}", kind);
  }

  private void connect(TestPeer peer, String path, OfferSpec offer) {
    Reply reply = peer.connect(bridge.url(path + room), offer, TOKEN);
    assertThat(reply.status()).as(reply.body()).isEqualTo(201);
    peer.awaitConnected(SOON);
  }
}
