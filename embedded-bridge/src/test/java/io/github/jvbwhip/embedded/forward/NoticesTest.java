package io.github.jvbwhip.embedded.forward;

import static io.github.jvbwhip.embedded.forward.Media.codec;
import static io.github.jvbwhip.embedded.forward.Media.playedVideo;
import static io.github.jvbwhip.embedded.forward.Media.publishedAudio;
import static io.github.jvbwhip.embedded.forward.Media.publishedVideo;
import static io.github.jvbwhip.embedded.forward.Media.simulcast;
import static io.github.jvbwhip.embedded.forward.Media.sound;
import static io.github.jvbwhip.embedded.forward.Media.video;
import static io.github.jvbwhip.embedded.forward.TestPublisher.rtp;
import static io.github.jvbwhip.embedded.forward.TestPublisher.vp8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.core.bridge.MediaNotice;
import io.github.jvbwhip.core.bridge.NegotiatedCodec;
import io.github.jvbwhip.core.bridge.SentVideo;
import io.github.jvbwhip.core.bridge.StreamName;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What operators are told of publishers' media, and of what players get. */
class NoticesTest {
  private static final byte[] BOTH = HexFormat.of().parseHex("7800066742c01f8d68000468ce3c80");
  private static final byte[] IDR = HexFormat.of().parseHex("658884");
  private static final byte[] SLICE = HexFormat.of().parseHex("419a00");
  private static final int FRAME = 3000;
  private static final int FRAME_MILLIS = 33;
  private static final int FRAMES_PER_SECOND = 30;

  private final TestRoom room = new TestRoom();
  private int number;
  private long timestamp = FRAME;

  private TestPublisher h264() {
    return room.publisher("s", publishedVideo(1, codec(96, video("H264"))));
  }

  private TestPlayer player(String codec) {
    return room.player("s", playedVideo("v", codec(120, video(codec))));
  }

  private Set<MediaNotice> notices(TestPublisher publisher) {
    return publisher.publisher().notices(room.now());
  }

  private void send(TestPublisher publisher, int framesAhead, byte[] payload) {
    publisher.send(rtp(96, number++, timestamp + (long) framesAhead * FRAME, 1, payload));
  }

  private void frame(TestPublisher publisher, byte[] payload) {
    send(publisher, 0, payload);
    timestamp += FRAME;
    room.pass(FRAME_MILLIS);
  }

  private void keyframe(TestPublisher publisher) {
    send(publisher, 0, BOTH);
    frame(publisher, IDR);
  }

  private void seconds(TestPublisher publisher, int seconds, byte[] payload) {
    for (int i = 0; i <= seconds * FRAMES_PER_SECOND; i++) {
      frame(publisher, payload);
    }
  }

  private void bFrames(TestPublisher publisher, byte[] payload) {
    for (int i = 0; i < 5; i++) {
      for (int ahead : new int[] {3, 1, 2}) {
        send(publisher, ahead, payload);
        room.pass(FRAME_MILLIS);
      }
      timestamp += 3 * FRAME;
    }
  }

  @Test
  void nothing_is_amiss_with_a_publisher_that_does_well() {
    TestPublisher publisher = h264();
    player("H264");
    for (int i = 0; i < 12; i++) {
      keyframe(publisher);
      seconds(publisher, 1, SLICE);
    }
    assertThat(notices(publisher)).isEmpty();
  }

  @Test
  void b_frames_are_told() {
    TestPublisher publisher = h264();
    keyframe(publisher);
    bFrames(publisher, SLICE);
    assertThat(notices(publisher)).containsExactly(MediaNotice.B_FRAMES);
  }

  @Test
  void a_codec_without_b_frames_has_none() {
    TestPublisher publisher = room.publisher("s", publishedVideo(1, codec(96, video("VP8"))));
    frame(publisher, vp8(true, 1));
    bFrames(publisher, vp8(false, 2));
    assertThat(notices(publisher)).isEmpty();
  }

  @Test
  void keyframes_that_nobody_can_decode_are_told() {
    TestPublisher publisher = h264();
    frame(publisher, IDR);
    frame(publisher, SLICE);
    assertThat(notices(publisher)).containsExactly(MediaNotice.NO_PARAMETER_SETS);
    keyframe(publisher);
    assertThat(notices(publisher)).isEmpty();
  }

  @Test
  void rare_keyframes_are_told_of_a_publisher_that_does_not_listen() {
    TestPublisher publisher = h264();
    player("H264");
    keyframe(publisher);
    seconds(publisher, 11, SLICE);
    assertThat(notices(publisher)).as("nobody wanted one").isEmpty();

    player("H264");
    seconds(publisher, 3, SLICE);
    assertThat(notices(publisher)).containsExactly(MediaNotice.RARE_KEYFRAMES);
  }

  @Test
  void rare_keyframes_are_told_of_a_publisher_that_cannot_be_asked() {
    NegotiatedCodec mute = new NegotiatedCodec(96, video("H264"), OptionalInt.empty(), Set.of());
    TestPublisher publisher = room.publisher("s", publishedVideo(1, mute));
    keyframe(publisher);
    seconds(publisher, 11, SLICE);
    assertThat(notices(publisher)).containsExactly(MediaNotice.RARE_KEYFRAMES);
  }

  @Test
  void negotiated_media_that_do_not_come_are_told_after_a_while() {
    TestPublisher publisher =
        room.publisher("s", publishedAudio(2), publishedVideo(1, codec(96, video("VP8"))));
    room.pass(4900);
    assertThat(notices(publisher)).isEmpty();
    room.pass(200);
    assertThat(notices(publisher)).containsExactly(MediaNotice.NO_AUDIO, MediaNotice.NO_VIDEO);
    frame(publisher, vp8(true, 1));
    assertThat(notices(publisher)).containsExactly(MediaNotice.NO_AUDIO);
    publisher.publisher().close(room.now());
    assertThat(notices(publisher)).isEmpty();
  }

  @Test
  void packets_that_do_not_tell_their_m_section_are_told() {
    TestPublisher publisher = room.publisher("s", sound("a"), sound("b"));
    publisher.send(rtp(111, 1, 960, 77, new byte[] {1, 2, 3}));
    assertThat(notices(publisher)).containsExactly(MediaNotice.UNASSIGNED);
  }

  @Test
  void a_player_is_told_to_get_what_it_gets() {
    TestPublisher publisher = room.publisher("s", publishedVideo(1, codec(96, video("VP8"))));
    TestPlayer player = player("VP8");
    assertThat(player.player().videos()).containsExactly(SentVideo.nothing("v", 0));

    frame(publisher, vp8(true, 1));
    seconds(publisher, 3, vp8(false, 2));
    player.pli(0);
    player.pli(0);

    SentVideo sent = player.player().videos().get(0);
    assertThat(sent.stream()).contains(new StreamName("s"));
    assertThat(sent.rid()).isEmpty();
    assertThat(sent.width()).hasValue(320);
    assertThat(sent.height()).hasValue(180);
    assertThat(sent.bitrate()).as("100 bytes each 33 ms").isBetween(23_000L, 26_000L);
    assertThat(sent.keyframeRequests()).isEqualTo(2);

    room.pass(3000);
    assertThat(player.player().videos().get(0).bitrate()).isZero();
    player.player().close(room.now());
    assertThat(player.player().videos()).containsExactly(SentVideo.nothing("v", 2));
  }

  @Test
  void of_simulcast_the_encoding_that_is_sent_is_told() {
    TestPublisher publisher =
        room.publisher("s", simulcast(List.of("h", "l"), codec(96, video("VP8"))));
    TestPlayer player = player("VP8");
    publisher.send(rtp(96, 1, FRAME, 11, vp8(true, 1, 1, 0, 160), Media.MID, "v", Media.RID, "l"));
    publisher.send(rtp(96, 1, FRAME, 10, vp8(true, 1, 1, 0, 640), Media.MID, "v", Media.RID, "h"));

    SentVideo sent = player.player().videos().get(0);
    assertThat(sent.rid()).isEqualTo(Optional.of("h"));
    assertThat(sent.width()).hasValue(640);
  }
}
