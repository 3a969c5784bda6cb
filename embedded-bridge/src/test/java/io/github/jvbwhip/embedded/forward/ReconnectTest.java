package io.github.jvbwhip.embedded.forward;

import static io.github.jvbwhip.embedded.forward.Media.codec;
import static io.github.jvbwhip.embedded.forward.Media.playedAudio;
import static io.github.jvbwhip.embedded.forward.Media.playedVideo;
import static io.github.jvbwhip.embedded.forward.Media.publishedAudio;
import static io.github.jvbwhip.embedded.forward.Media.publishedVideo;
import static io.github.jvbwhip.embedded.forward.Media.video;
import static io.github.jvbwhip.embedded.forward.TestPublisher.rtp;
import static io.github.jvbwhip.embedded.forward.TestPublisher.vp8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.core.bridge.MediaKind;
import io.github.jvbwhip.core.bridge.PublisherLimits;
import io.github.jvbwhip.core.bridge.RoomSnapshot;
import io.github.jvbwhip.core.bridge.StreamName;
import io.github.jvbwhip.core.bridge.StreamSnapshot;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Publishers come and go; players, and those who follow the room, stay. */
class ReconnectTest {
  private static final StreamName STREAM = new StreamName("s");

  private final TestRoom room = new TestRoom();

  @Test
  void a_player_stays_through_its_publishers_reconnect() {
    TestPlayer player = room.player("s", playedVideo("v", codec(120, video("VP8"))));
    TestPublisher first = room.publisher("s", publishedVideo(1, codec(96, video("VP8"))));
    first.send(rtp(96, 100, 1000, 1, vp8(true, 5)));
    first.send(rtp(96, 101, 4000, 1, vp8(false, 6)));
    first.publisher().close(room.now());
    room.pass(2000);

    TestPublisher second = room.publisher("s", publishedVideo(77, codec(102, video("VP8"))));
    second.send(rtp(102, 9000, 1_000_000, 77, vp8(false, 900)));
    second.send(rtp(102, 9001, 1_003_000, 77, vp8(true, 901)));

    List<RecordingSink.Sent> got = player.received(0);
    assertThat(got).hasSize(3);
    assertThat(got.get(2).sequenceNumber()).isEqualTo(got.get(1).sequenceNumber() + 1 & 0xFFFF);
    assertThat(got.get(2).vp8().pictureId()).isEqualTo(got.get(1).vp8().pictureId() + 1 & 0x7FFF);
    assertThat(got.get(2).timestamp() - got.get(1).timestamp() & 0xFFFFFFFFL).isEqualTo(180_000);
    assertThat(got).extracting(RecordingSink.Sent::payloadType).containsOnly(120);
  }

  @Test
  void the_next_publisher_may_have_another_codec() {
    TestPlayer player =
        room.player("s", playedVideo("v", codec(120, video("VP8")), codec(121, video("H264"))));
    TestPublisher first = room.publisher("s", publishedVideo(1, codec(96, video("VP8"))));
    first.send(rtp(96, 100, 1000, 1, vp8(true, 5)));
    first.publisher().close(room.now());

    TestPublisher second = room.publisher("s", publishedVideo(2, codec(96, video("H264"))));
    second.send(rtp(96, 1, 1, 2, new byte[] {0x67, 0, 0}));

    assertThat(player.received(0))
        .extracting(RecordingSink.Sent::payloadType)
        .containsExactly(120, 121);
  }

  @Test
  void a_name_is_free_again_when_its_publisher_has_left() {
    TestPublisher first = room.publisher("s", publishedAudio(1));
    assertThat(
            room.room.addPublisher(
                STREAM,
                List.of(publishedAudio(2)),
                PublisherLimits.NONE,
                new RecordingSink(),
                room.now()))
        .isEmpty();

    first.publisher().close(room.now());
    first.publisher().close(room.now());

    assertThat(room.told(snapshot -> snapshot.streams().size())).containsExactly(0, 1, 0);
    assertThat(
            room.room.addPublisher(
                STREAM,
                List.of(publishedAudio(2)),
                PublisherLimits.NONE,
                new RecordingSink(),
                room.now()))
        .isPresent();
  }

  @Test
  void a_closed_publisher_forwards_nothing() {
    TestPlayer player = room.player("s", playedAudio("a"));
    TestPublisher publisher = room.publisher("s", publishedAudio(1));
    publisher.publisher().close(room.now());

    publisher.send(rtp(111, 1, 1, 1, new byte[] {1}));

    assertThat(player.sink().rtp()).isEmpty();
  }

  @Test
  void tells_when_media_starts_and_stops() {
    TestPublisher publisher =
        room.publisher("s", publishedAudio(1), publishedVideo(2, codec(96, video("VP8"))));
    publisher.send(rtp(111, 1, 1, 1, new byte[] {1}));
    room.pass(1500);
    publisher.send(rtp(111, 2, 2, 1, new byte[] {1}));
    room.pass(1500);
    assertThat(active()).containsExactly(Set.of(), Set.of(MediaKind.AUDIO));

    room.pass(700);
    publisher.send(rtp(111, 3, 3, 1, new byte[] {1}));

    assertThat(active())
        .containsExactly(Set.of(), Set.of(MediaKind.AUDIO), Set.of(), Set.of(MediaKind.AUDIO));
    assertThat(room.room.snapshot().orElseThrow().streams().get(0).active())
        .containsExactly(MediaKind.AUDIO);
  }

  private List<Set<MediaKind>> active() {
    return room.told(
        snapshot -> snapshot.stream(STREAM).map(StreamSnapshot::active).orElse(Set.of()));
  }

  @Test
  void counts_connected_players_as_viewers() {
    TestPlayer first = room.player(null, playedAudio("a"));
    TestPlayer second = room.player("s", playedAudio("a"));
    room.room.addPlayer(
        Optional.empty(), List.of(playedAudio("a")), new RecordingSink(), room.now());
    first.player().connected(room.now());
    second.player().close(room.now());
    first.player().close(room.now());

    assertThat(room.told(RoomSnapshot::viewers)).containsExactly(0, 1, 2, 1, 0);
  }
}
