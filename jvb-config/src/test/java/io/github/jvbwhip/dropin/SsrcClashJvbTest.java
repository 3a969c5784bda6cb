package io.github.jvbwhip.dropin;

import static io.github.jvbwhip.dropin.Peers.SOON;
import static io.github.jvbwhip.dropin.Peers.connected;
import static io.github.jvbwhip.dropin.Peers.eventually;
import static io.github.jvbwhip.dropin.Peers.otherNumbers;
import static io.github.jvbwhip.dropin.Peers.video;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.testpeer.PeerOptions;
import io.github.jvbwhip.testpeer.TestPeer;
import io.github.jvbwhip.testpeer.VideoSettings;
import io.github.jvbwhip.testpeer.media.Codec;
import io.github.jvbwhip.testpeer.sdp.OfferSpec;
import io.github.jvbwhip.testpeer.signalling.HttpSignalling;
import io.github.jvbwhip.testpeer.signalling.Reply;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two publishers with the same SSRCs in one room, which a bridge could not tell apart. */
@RequiresJvb
class SsrcClashJvbTest {
  private static final long SEED = 4711;

  private static JvbProcess bridge;
  private static BridgeState state;

  private String room;

  @BeforeAll
  static void startBridge() throws Exception {
    bridge = JvbProcess.start(JvbHome.orSkip());
    state = new BridgeState(bridge);
  }

  @AfterAll
  static void stopBridge() {
    if (bridge != null) {
      bridge.close();
    }
  }

  @BeforeEach
  void newRoom() {
    room = Peers.newRoom();
  }

  @Test
  void the_second_is_refused_until_the_first_has_gone_and_other_rooms_do_not_care()
      throws Exception {
    try (TestPeer first = twin();
        TestPeer second = twin();
        TestPeer elsewhere = twin();
        TestPeer player = connected(bridge.url("/whep/" + room), otherNumbers(Codec.VP8))) {
      assertThat(publish(first, "/first", OfferSpec.publisher(Codec.VP8)).status()).isEqualTo(201);
      first.awaitConnected(SOON);
      first.video(VideoSettings.defaults()).start();
      player.awaitVideoPackets(30, SOON);

      Reply refused = publish(second, "/second", OfferSpec.publisher(Codec.VP8));
      assertThat(refused.status()).as(refused.body()).isEqualTo(422);
      assertThat(refused.body()).contains(":error:refused").contains("SSRC");
      assertThat(bridge.get("/api/rooms").body()).contains("first").doesNotContain("second");
      Reply other =
          elsewhere.connect(
              bridge.url("/whip/" + Peers.newRoom()), OfferSpec.publisher(Codec.VP8), Map.of());
      assertThat(other.status()).isEqualTo(201);
      assertThat(elsewhere.hangUp().status()).isEqualTo(200);
      player.awaitVideoPackets(player.received().videoPackets() + 60, SOON);
      assertThat(video(player).isContinuous()).as(video(player).toString()).isTrue();

      assertThat(first.hangUp().status()).isEqualTo(200);
      first.close();
      assertPlays("/second", player);
      player.hangUp();
    }
    eventually("nothing is left", state::isEmpty);
  }

  private void assertPlays(String stream, TestPeer player) {
    try (TestPeer again = twin()) {
      assertThat(publish(again, stream, OfferSpec.publisher(Codec.VP8)).status()).isEqualTo(201);
      again.awaitConnected(SOON);
      again.video(VideoSettings.defaults()).start();
      player.awaitVideoPackets(player.received().videoPackets() + 30, SOON);
      assertThat(again.hangUp().status()).isEqualTo(200);
    }
  }

  @Test
  void a_publisher_that_comes_back_with_its_ssrcs_takes_its_stream_over() {
    try (TestPeer first = twin();
        TestPeer player = connected(bridge.url("/whep/" + room), otherNumbers(Codec.VP8))) {
      assertThat(publish(first, "/main", OfferSpec.publisher(Codec.VP8)).status()).isEqualTo(201);
      first.awaitConnected(SOON);
      first.video(VideoSettings.defaults()).start();
      player.awaitVideoPackets(30, SOON);
      first.abandon();
      assertPlays("/main", player);
    }
  }

  /** As with browsers, whose simulcast has RIDs in the offer and no SSRCs. */
  @Test
  void a_second_one_whose_ssrcs_show_in_its_packets_only_is_ended_and_the_first_goes_on()
      throws Exception {
    OfferSpec simulcast =
        OfferSpec.simulcastPublisher(Codec.VP8, "l", "m", "h")
            .edited(text -> text.replaceAll("a=ssrc.*\r\n", ""));
    try (TestPeer first = twin();
        TestPeer second = twin();
        TestPeer player = connected(bridge.url("/whep/" + room), otherNumbers(Codec.VP8))) {
      assertThat(publish(first, "/first", simulcast).status()).isEqualTo(201);
      first.awaitConnected(SOON);
      first.video(VideoSettings.defaults()).start();
      player.awaitVideoPackets(30, SOON);

      assertThat(publish(second, "/second", simulcast).status()).isEqualTo(201);
      second.awaitConnected(SOON);
      second.video(VideoSettings.defaults()).start();
      second.awaitClosedByRemote(SOON);
      eventually("its session is gone", () -> get(second).status() == 404);
      assertThat(get(second).body()).contains("same SSRC");
      player.awaitVideoPackets(player.received().videoPackets() + 60, SOON);
    }
  }

  private static Reply get(TestPeer peer) {
    return HttpSignalling.send("GET", peer.session().orElseThrow(), null, null, Map.of());
  }

  private static TestPeer twin() {
    return TestPeer.open(PeerOptions.defaults(), new Random(SEED));
  }

  private Reply publish(TestPeer peer, String stream, OfferSpec offer) {
    return peer.connect(bridge.url("/whip/" + room + stream), offer, Map.of());
  }
}
