package io.github.jvbwhip.dropin;

import static io.github.jvbwhip.dropin.Peers.SOON;
import static io.github.jvbwhip.dropin.Peers.awaitContinuous;
import static io.github.jvbwhip.dropin.Peers.connected;
import static io.github.jvbwhip.dropin.Peers.eventually;
import static io.github.jvbwhip.dropin.Peers.otherNumbers;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.testpeer.PeerOptions;
import io.github.jvbwhip.testpeer.TestPeer;
import io.github.jvbwhip.testpeer.VideoSettings;
import io.github.jvbwhip.testpeer.media.Codec;
import io.github.jvbwhip.testpeer.sdp.OfferSpec;
import io.github.jvbwhip.testpeer.signalling.Reply;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Publishers with the same SSRCs in one room, which a bridge alone could not tell apart. */
@RequiresJvb
class SameSsrcsJvbTest {
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
  void one_comes_and_goes_while_the_other_goes_on() throws Exception {
    try (TestPeer first = twin();
        TestPeer player =
            connected(bridge.url("/whep/" + room + "/first"), otherNumbers(Codec.VP8));
        TestPeer stage = connected(bridge.url("/whep/" + room), otherNumbers(Codec.VP8))) {
      assertThat(publish(first, "/first").status()).isEqualTo(201);
      first.awaitConnected(SOON);
      first.video(VideoSettings.defaults()).start();
      player.awaitVideoPackets(30, SOON);
      try (TestPeer ofSecond =
          connected(bridge.url("/whep/" + room + "/second"), otherNumbers(Codec.VP8))) {
        assertPlays("/second", ofSecond);
        assertPlays("/second", ofSecond);
      }
      player.awaitVideoPackets(player.received().videoPackets() + 60, SOON);
      awaitContinuous(player);

      assertThat(first.hangUp().status()).isEqualTo(200);
      first.close();
      assertPlays("/second", stage);
      player.hangUp();
      stage.hangUp();
    }
    eventually("nothing is left", state::isEmpty);
  }

  private void assertPlays(String stream, TestPeer player) {
    try (TestPeer again = twin()) {
      assertThat(publish(again, stream).status()).isEqualTo(201);
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
      assertThat(publish(first, "/main").status()).isEqualTo(201);
      first.awaitConnected(SOON);
      first.video(VideoSettings.defaults()).start();
      player.awaitVideoPackets(30, SOON);
      first.abandon();
      assertPlays("/main", player);
    }
  }

  private static TestPeer twin() {
    return TestPeer.open(PeerOptions.defaults(), new Random(SEED));
  }

  private Reply publish(TestPeer peer, String stream) {
    return peer.connect(
        bridge.url("/whip/" + room + stream), OfferSpec.publisher(Codec.VP8), Map.of());
  }
}
