package io.github.jvbwhip.dropin;

import static io.github.jvbwhip.dropin.Peers.SOON;
import static io.github.jvbwhip.dropin.Peers.connected;
import static io.github.jvbwhip.dropin.Peers.eventually;
import static io.github.jvbwhip.dropin.Peers.otherNumbers;
import static io.github.jvbwhip.dropin.Peers.video;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.testpeer.StreamReport;
import io.github.jvbwhip.testpeer.TestPeer;
import io.github.jvbwhip.testpeer.VideoSettings;
import io.github.jvbwhip.testpeer.media.Codec;
import io.github.jvbwhip.testpeer.sdp.OfferSpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Publishers whose codec a player does not take. */
@RequiresJvb
class CodecsJvbTest {
  private static JvbProcess bridge;

  private String room;

  @BeforeAll
  static void startBridge() throws Exception {
    bridge = JvbProcess.start(JvbHome.orSkip());
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
  void a_player_without_the_codec_is_told_gets_sound_alone_and_later_the_picture()
      throws Exception {
    try (TestPeer player = player();
        HeardEvents events = HeardEvents.of(player, "active", "inactive", "unsupported")) {
      try (TestPeer wrong = publisher(Codec.H264)) {
        awaitLast(events, "unsupported", "{\"video\":[\"H264\"]}");
        player.awaitAudioPackets(50, SOON);
        assertThat(player.received().videoPackets()).isZero();
        wrong.hangUp();
      }
      eventually("inactive", () -> events.types().contains("inactive"));
      publishRight(player, events);
    }
  }

  @Test
  void a_player_keeps_what_it_has_seen_whole_when_the_codec_changes_and_changes_back()
      throws Exception {
    try (TestPeer player = player();
        HeardEvents events = HeardEvents.of(player, "active", "inactive", "unsupported")) {
      publishRight(player, events);
      try (TestPeer wrong = publisher(Codec.H265)) {
        awaitLast(events, "unsupported", "{\"video\":[\"H265\"]}");
        int video = player.received().videoPackets();
        player.awaitAudioPackets(player.received().audioPackets() + 50, SOON);
        assertThat(player.received().videoPackets()).isEqualTo(video);
        wrong.hangUp();
      }
      publishRight(player, events);
      StreamReport seen = video(player);
      assertThat(seen.payloadTypes()).containsExactly(120);
      assertThat(seen.isContinuous()).as(seen.toString()).isTrue();
      assertThat(seen.keyframes()).isGreaterThanOrEqualTo(2);
    }
  }

  private void publishRight(TestPeer player, HeardEvents events) throws Exception {
    int video = player.received().videoPackets();
    try (TestPeer right = publisher(Codec.VP8)) {
      player.awaitVideoPackets(video + 60, SOON);
      eventually(
          "nothing is unsupported",
          () ->
              events.data("unsupported").isEmpty()
                  || events
                      .data("unsupported")
                      .get(events.data("unsupported").size() - 1)
                      .equals("{}"));
      right.hangUp();
    }
  }

  private static void awaitLast(HeardEvents events, String type, String data) throws Exception {
    eventually(
        type + " " + data,
        () -> {
          var all = events.data(type);
          return !all.isEmpty() && all.get(all.size() - 1).equals(data);
        });
  }

  private TestPeer publisher(Codec codec) {
    TestPeer publisher = connected(bridge.url("/whip/" + room), OfferSpec.publisher(codec));
    publisher.audio().start();
    publisher.video(VideoSettings.defaults()).start();
    return publisher;
  }

  private TestPeer player() {
    return connected(bridge.url("/whep/" + room), otherNumbers(Codec.VP8));
  }
}
