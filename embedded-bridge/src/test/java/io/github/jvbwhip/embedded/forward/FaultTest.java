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
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.jvbwhip.core.bridge.EgressMedia;
import io.github.jvbwhip.core.rtp.rtcp.ReceiverReport;
import io.github.jvbwhip.core.rtp.rtcp.SenderReport;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A fault of ours in one client's part is that client's, and nobody else's. */
class FaultTest {
  private static final byte[] PAYLOAD = {1};

  private final TestRoom room = new TestRoom();
  private final TestPublisher anna = room.publisher("anna", publishedAudio(1));
  private final TestPublisher ben = room.publisher("ben", publishedAudio(2));

  private TestPlayer watch(String pinned) {
    return room.player(pinned, playedAudio("a"));
  }

  private void send() {
    anna.send(rtp(111, 1, 1, 1, PAYLOAD));
    ben.send(rtp(111, 1, 1, 2, PAYLOAD));
  }

  private static void assertNoFault(RecordingSink... sinks) {
    for (RecordingSink sink : sinks) {
      assertThat(sink.faults()).isEmpty();
    }
  }

  @Test
  void a_publisher_whose_turn_of_the_second_fails_costs_the_others_nothing() {
    TestPlayer player = watch("ben");
    send();
    anna.sink().breakDown();

    room.pass(1100);

    assertThat(anna.sink().faults()).isNotEmpty();
    assertThat(ben.sink().rtcp(ReceiverReport::is)).isNotEmpty();
    assertThat(player.sink().rtcp(SenderReport::is)).isNotEmpty();
    assertNoFault(ben.sink(), player.sink());
  }

  @Test
  void a_publisher_whose_turn_fails_costs_the_others_nothing() {
    TestPublisher camera = room.publisher("camera", publishedVideo(3, codec(96, video("VP8"))));
    TestPublisher screen = room.publisher("screen", publishedVideo(4, codec(96, video("VP8"))));
    for (String stream : List.of("camera", "screen")) {
      room.player(stream, playedVideo("v", codec(120, video("VP8"))));
    }
    camera.sink().breakDown();
    camera.send(rtp(96, 1, 1, 3, vp8(false, 1)));
    screen.send(rtp(96, 1, 1, 4, vp8(false, 1)));

    room.pass(100);

    assertThat(camera.sink().faults()).isNotEmpty();
    assertThat(screen.keyframeRequests()).isEqualTo(1);
    assertNoFault(screen.sink());
  }

  @Test
  void a_player_whose_turn_fails_costs_the_others_nothing() {
    TestPlayer broken = watch("anna");
    TestPlayer other = watch("anna");
    send();
    broken.sink().breakDown();

    room.pass(1100);

    assertThat(broken.sink().faults()).isNotEmpty();
    assertThat(other.sink().rtcp(SenderReport::is)).isNotEmpty();
    assertNoFault(other.sink(), anna.sink());
  }

  @Test
  void a_player_that_a_packet_cannot_be_sent_to_costs_neither_publisher_nor_players() {
    TestPlayer broken = watch("anna");
    TestPlayer other = watch("anna");
    broken.sink().breakDown();

    send();

    assertThat(broken.sink().faults()).hasSize(1);
    assertThat(other.received(0)).hasSize(1);
    assertNoFault(other.sink(), anna.sink());
  }

  @Test
  void a_player_that_nothing_can_be_assigned_to_costs_neither_publisher_nor_players() {
    TestPlayer broken = room.player(null, playedVideo("v", codec(120, video("VP8"))));
    broken.sink().breakDown();
    List<EgressMedia> impossible = List.of(playedVideo("v", codec(1000, video("VP8"))));
    assertThat(catchThrowable(() -> broken.player().accept(impossible))).isNotNull();
    TestPlayer other = room.player(null, playedVideo("v", codec(120, video("VP8"))));
    assertThat(broken.sink().faults()).as("no video is published").isEmpty();

    TestPublisher camera = room.publisher("camera", publishedVideo(3, codec(96, video("VP8"))));
    camera.send(rtp(96, 1, 1, 3, vp8(true, 1)));

    assertThat(broken.sink().faults()).isNotEmpty();
    assertThat(other.received(0)).hasSize(1);
    assertNoFault(other.sink(), camera.sink());
  }

  @Test
  void a_player_that_failed_can_leave() {
    TestPlayer broken = watch("anna");
    broken.sink().breakDown();
    send();

    broken.player().close(room.now());
    room.pass(1100);

    assertThat(broken.sink().faults()).hasSize(1);
    assertThat(room.room.snapshot().orElseThrow().viewers()).isZero();
  }
}
