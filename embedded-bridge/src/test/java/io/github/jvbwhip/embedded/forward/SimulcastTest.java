package io.github.jvbwhip.embedded.forward;

import static io.github.jvbwhip.embedded.forward.Media.codec;
import static io.github.jvbwhip.embedded.forward.Media.playedVideo;
import static io.github.jvbwhip.embedded.forward.Media.simulcast;
import static io.github.jvbwhip.embedded.forward.Media.video;
import static io.github.jvbwhip.embedded.forward.TestPublisher.rtp;
import static io.github.jvbwhip.embedded.forward.TestPublisher.vp8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.core.bridge.LayerInfo;
import io.github.jvbwhip.core.bridge.LayerSelection;
import io.github.jvbwhip.core.bridge.StreamName;
import io.github.jvbwhip.core.bridge.StreamSnapshot;
import io.github.jvbwhip.core.rtp.rtcp.Pli;
import io.github.jvbwhip.core.rtp.rtcp.RtcpFeedback;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Several encodings of one picture: learnt by RID, chosen between, switched at keyframes. */
class SimulcastTest {
  private static final long SMALL = 1001;
  private static final long LARGE = 1002;
  private static final long LARGE_RTX = 1003;

  private final TestRoom room = new TestRoom();
  private final TestPublisher publisher =
      room.publisher("s", simulcast(List.of("f", "q"), codec(96, video("VP8"), 97)));
  private final TestPlayer player =
      room.player("s", playedVideo("v", codec(120, video("VP8"), 121)));

  private int small = 65530;
  private int smallFrames;
  private int large = 200;
  private int picture;

  private byte[] smallFrame(boolean keyframe) {
    small = small + 1 & 0xFFFF;
    return rtp(
        96,
        small,
        smallFrames++ * 3000L,
        SMALL,
        vp8(keyframe, small & 0x7FFF, small & 0xFF, 0, 320),
        Media.MID,
        "v",
        Media.RID,
        "q");
  }

  private byte[] largeFrame(boolean keyframe) {
    large++;
    picture = large + 10_000;
    return rtp(
        96,
        large,
        large * 3000L + 77,
        LARGE,
        vp8(keyframe, picture, large & 0xFF, 0, 1280),
        Media.MID,
        "v",
        Media.RID,
        "f");
  }

  /** Both encodings, 20 frames a second, {@code percent} more of the large one. */
  private void stream(int millis, Set<Long> keyframes) {
    for (int i = 0; i < millis / 50; i++) {
      publisher.send(smallFrame(i == 0 && keyframes.contains(SMALL)));
      for (int k = 0; k < 3; k++) {
        publisher.send(largeFrame(i == 0 && k == 0 && keyframes.contains(LARGE)));
      }
      room.pass(50);
    }
  }

  private List<Long> askedForKeyframes() {
    return publisher.sink().rtcp(Pli::is).stream().map(b -> RtcpFeedback.mediaSsrc(b, 0)).toList();
  }

  private static LayerSelection rid(String rid) {
    return new LayerSelection(
        Optional.of(rid),
        OptionalInt.empty(),
        OptionalInt.empty(),
        OptionalInt.empty(),
        OptionalInt.empty(),
        OptionalInt.empty(),
        OptionalInt.empty());
  }

  private static LayerSelection within(int maxWidth) {
    return new LayerSelection(
        Optional.empty(),
        OptionalInt.empty(),
        OptionalInt.empty(),
        OptionalInt.empty(),
        OptionalInt.empty(),
        OptionalInt.of(maxWidth),
        OptionalInt.empty());
  }

  /** The width in the last keyframe that the player got. */
  private int lastWidth() {
    int width = 0;
    for (RecordingSink.Sent sent : player.received(0)) {
      byte[] b = sent.payload();
      width = (b[6] & 1) == 0 ? (b[12] & 0xFF) | b[13] << 8 : width;
    }
    return width;
  }

  @Test
  void sends_one_encoding_at_a_time_and_the_largest_on_a_good_link() {
    stream(2000, Set.of(SMALL, LARGE));
    stream(500, Set.of(LARGE));

    assertThat(lastWidth()).isEqualTo(1280);
    player.sink().clear();
    stream(500, Set.of());
    assertThat(player.received(0)).as("only the large one's packets").hasSize(30);
  }

  @Test
  void is_continuous_over_switches_in_numbers_timestamps_and_picture_ids() {
    stream(200, Set.of(SMALL, LARGE));
    player.player().selectLayer("v", rid("q"), room.now());
    stream(200, Set.of(SMALL));
    player.player().selectLayer("v", rid("f"), room.now());
    stream(200, Set.of(LARGE));
    player.player().selectLayer("v", rid("q"), room.now());
    stream(200, Set.of(SMALL));

    List<RecordingSink.Sent> got = player.received(0);
    assertThat(lastWidth()).isEqualTo(320);
    for (int i = 1; i < got.size(); i++) {
      RecordingSink.Sent before = got.get(i - 1);
      RecordingSink.Sent now = got.get(i);
      assertThat(now.sequenceNumber() - before.sequenceNumber() & 0xFFFF).isEqualTo(1);
      assertThat(now.vp8().pictureId() - before.vp8().pictureId() & 0x7FFF).isEqualTo(1);
      assertThat(now.vp8().tl0PicIdx() - before.vp8().tl0PicIdx() & 0xFF).isEqualTo(1);
      assertThat(now.timestamp() - before.timestamp() & 0xFFFFFFFFL).isBetween(1L, 9000L);
    }
  }

  @Test
  void asks_for_a_keyframe_of_the_selected_encoding_at_once() {
    stream(2500, Set.of(SMALL, LARGE));
    stream(50, Set.of(LARGE));
    publisher.sink().clear();

    assertThat(player.player().selectLayer("v", rid("q"), room.now())).isTrue();

    assertThat(askedForKeyframes()).containsExactly(SMALL);
  }

  @Test
  void asks_for_it_again_when_another_player_selects_but_not_at_once() {
    stream(2500, Set.of(SMALL, LARGE));
    stream(50, Set.of(LARGE));
    TestPlayer other = room.player("s", playedVideo("v", codec(120, video("VP8"), 121)));
    stream(50, Set.of(LARGE));
    publisher.sink().clear();

    player.player().selectLayer("v", rid("q"), room.now());
    player.player().selectLayer("v", rid("q"), room.now());
    stream(50, Set.of(SMALL));
    other.player().selectLayer("v", rid("q"), room.now());
    stream(100, Set.of());
    assertThat(askedForKeyframes()).containsExactly(SMALL);
    stream(100, Set.of());
    assertThat(askedForKeyframes()).containsExactly(SMALL, SMALL);
  }

  @Test
  void asks_for_no_keyframe_when_what_is_selected_is_sent_already() {
    stream(2500, Set.of(SMALL, LARGE));
    stream(50, Set.of(LARGE));
    publisher.sink().clear();

    assertThat(player.player().selectLayer("v", rid("f"), room.now())).isTrue();
    room.pass(60);
    assertThat(askedForKeyframes()).isEmpty();
  }

  @Test
  void refuses_a_selection_that_nothing_fits_and_keeps_the_one_in_force() {
    stream(1100, Set.of(SMALL, LARGE));

    assertThat(player.player().selectLayer("v", rid("h"), room.now())).isFalse();
    assertThat(player.player().selectLayer("w", rid("q"), room.now())).isFalse();
    assertThat(player.player().selectLayer("v", within(100), room.now())).isFalse();
    assertThat(player.player().selectLayer("v", within(640), room.now())).isTrue();
    stream(100, Set.of(SMALL));
    assertThat(lastWidth()).isEqualTo(320);
  }

  @Test
  void goes_down_when_the_player_says_that_its_link_is_too_narrow() {
    stream(2500, Set.of(SMALL, LARGE));
    stream(50, Set.of(LARGE));
    assertThat(lastWidth()).isEqualTo(1280);
    long smallBitrate =
        room.room.snapshot().orElseThrow().streams().get(0).layers().get(1).bitrate();

    for (int i = 0; i < 3; i++) {
      player.remb(smallBitrate + smallBitrate / 2);
      stream(1000, Set.of());
    }
    stream(50, Set.of(SMALL));

    assertThat(lastWidth()).isEqualTo(320);
  }

  @Test
  void falls_back_when_the_encoding_that_is_shown_stops() {
    stream(2500, Set.of(SMALL, LARGE));
    stream(50, Set.of(LARGE));
    for (int i = 0; i < 60; i++) {
      publisher.send(smallFrame(false));
      room.pass(50);
    }
    assertThat(askedForKeyframes()).contains(SMALL);

    publisher.send(smallFrame(true));
    assertThat(lastWidth()).isEqualTo(320);
  }

  @Test
  void falls_back_when_the_selected_encoding_stops() {
    stream(1100, Set.of(SMALL, LARGE));
    assertThat(player.player().selectLayer("v", rid("q"), room.now())).isTrue();
    stream(100, Set.of(SMALL));
    assertThat(lastWidth()).isEqualTo(320);

    for (int i = 0; i < 60; i++) {
      publisher.send(largeFrame(i == 59));
      room.pass(50);
    }
    assertThat(lastWidth()).isEqualTo(1280);
  }

  @Test
  void takes_retransmissions_by_repaired_rid() {
    stream(2500, Set.of(SMALL, LARGE));
    stream(50, Set.of(LARGE));
    byte[] lost = largeFrame(false);
    byte[] next = largeFrame(false);
    publisher.send(next);
    int after = player.last(0).sequenceNumber();

    byte[] original =
        rtp(96, large - 1, 5, LARGE, vp8(false, picture - 1), Media.REPAIRED_RID, "f");
    publisher.send(TestPublisher.rtx(original, 97, LARGE_RTX, 1));

    assertThat(lost).isNotEmpty();
    assertThat(player.last(0).sequenceNumber()).isEqualTo(after - 1 & 0xFFFF);
    assertThat(player.last(0).payloadType()).isEqualTo(120);
    assertThat(publisher.publisher().losses().resent()).isEqualTo(1);
  }

  @Test
  void tells_layers_by_measured_size() {
    stream(2100, Set.of(SMALL, LARGE));

    List<List<LayerInfo>> told =
        room.told(
            snapshot ->
                snapshot.stream(new StreamName("s")).map(StreamSnapshot::layers).orElse(List.of()));
    List<LayerInfo> layers = told.get(told.size() - 1);
    assertThat(layers)
        .extracting(LayerInfo::rid)
        .containsExactly(Optional.of("f"), Optional.of("q"));
    assertThat(layers)
        .extracting(LayerInfo::width)
        .containsExactly(OptionalInt.of(1280), OptionalInt.of(320));
    assertThat(layers.get(0).bitrate()).isBetween(50_000L, 80_000L);
    assertThat(told).as("nothing, then about once a second at most").hasSizeLessThanOrEqualTo(4);
  }

  @Test
  void tells_what_the_publisher_aims_at() {
    stream(1100, Set.of(SMALL, LARGE));
    // Two encodings of one spatial and one temporal layer each: 100 and 60 kb/s; no sizes.
    byte[] allocation = {0x11, 0x00, 100, 60};
    large++;
    publisher.send(
        rtp(96, large, 1, LARGE, vp8(false, large), Media.RID, "f", Media.ALLOCATION, allocation));

    assertThat(publisher.publisher().snapshot().layers())
        .extracting(LayerInfo::targetBitrate)
        .containsExactly(OptionalLong.of(100_000), OptionalLong.of(60_000));
  }
}
