package io.github.jvbwhip.embedded.forward;

import static io.github.jvbwhip.embedded.forward.Media.playedAudio;
import static io.github.jvbwhip.embedded.forward.Media.publishedAudio;
import static io.github.jvbwhip.embedded.forward.TestPublisher.rtp;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.core.bridge.EgressMedia;
import io.github.jvbwhip.core.bridge.IngestMedia;
import io.github.jvbwhip.core.bridge.MediaKind;
import io.github.jvbwhip.core.bridge.NegotiatedCodec;
import io.github.jvbwhip.core.bridge.PlannedEncoding;
import io.github.jvbwhip.core.bridge.StreamName;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Who is on the stage, and what the m-sections of its players show. */
class StageTest {
  private static final int LOUD = 20;
  private static final int SILENT = 127;

  private final TestRoom room = new TestRoom();
  private int number;

  private void speak(TestPublisher publisher, long ssrc, int level) {
    publisher.send(
        rtp(
            111,
            ++number,
            number * 960L,
            ssrc,
            new byte[] {(byte) ssrc},
            Media.LEVEL,
            new byte[] {(byte) level}));
  }

  private void talk(TestPublisher a, int levelA, TestPublisher b, int levelB, int millis) {
    for (int i = 0; i < millis / 20; i++) {
      speak(a, 1, levelA);
      speak(b, 2, levelB);
      room.pass(20);
    }
  }

  /** The last payload byte that a section got: the speaker's SSRC. */
  private static int heard(TestPlayer player, int section) {
    return player.last(section).payload()[0];
  }

  private List<String> stages() {
    List<String> told = room.told(snapshot -> snapshot.stage().map(StreamName::value).orElse("-"));
    assertThat(told).as("an empty room at first").startsWith("-");
    return told.subList(1, told.size());
  }

  @Test
  void follows_the_active_speaker_and_not_a_cough() {
    TestPublisher anna = room.publisher("anna", publishedAudio(1));
    TestPublisher ben = room.publisher("ben", publishedAudio(2));
    TestPlayer player = room.player(null, playedAudio("a"));

    talk(anna, LOUD, ben, SILENT, 3000);
    assertThat(heard(player, 0)).isEqualTo(1);
    talk(anna, LOUD + 10, ben, LOUD, 200);
    talk(anna, LOUD, ben, SILENT, 1000);
    assertThat(heard(player, 0)).as("a cough").isEqualTo(1);
    talk(anna, SILENT, ben, LOUD, 2000);
    assertThat(heard(player, 0)).isEqualTo(2);
    talk(anna, SILENT, ben, SILENT, 2000);
    assertThat(heard(player, 0)).as("in silence").isEqualTo(2);

    assertThat(stages()).containsExactly("anna", "ben");
    assertThat(player.sink().rtp())
        .extracting(RecordingSink.Sent::ssrc)
        .containsOnly(player.ssrc(0));
  }

  @Test
  void plays_the_others_in_further_sections_and_each_in_its_own() {
    TestPublisher anna = room.publisher("anna", publishedAudio(1));
    TestPublisher ben = room.publisher("ben", publishedAudio(2));
    TestPlayer player = room.player(null, playedAudio("x"), playedAudio("y"), playedAudio("z"));

    talk(anna, LOUD, ben, SILENT, 100);
    assertThat(List.of(heard(player, 0), heard(player, 1))).containsExactly(1, 2);
    talk(anna, SILENT, ben, LOUD, 3000);
    assertThat(stages()).containsExactly("anna", "ben");
    assertThat(List.of(heard(player, 0), heard(player, 1))).containsExactly(1, 2);
    assertThat(player.received(2)).isEmpty();
  }

  @Test
  void a_pinned_player_stays_with_its_stream_and_gets_all_of_its_media() {
    IngestMedia second =
        new IngestMedia(
            "a2",
            MediaKind.AUDIO,
            List.of(new NegotiatedCodec(112, Media.opus(), OptionalInt.empty(), Set.of())),
            List.of(),
            List.of(
                new PlannedEncoding(Optional.empty(), OptionalLong.of(11), OptionalLong.empty())));
    TestPublisher anna = room.publisher("anna", publishedAudio(1), second);
    TestPublisher ben = room.publisher("ben", publishedAudio(2));
    TestPlayer player = room.player("anna", playedAudio("x"), playedAudio("y"));

    anna.send(rtp(112, 1, 1, 11, new byte[] {11}));
    talk(anna, SILENT, ben, LOUD, 3000);

    assertThat(heard(player, 0)).isEqualTo(1);
    assertThat(heard(player, 1)).isEqualTo(11);
    assertThat(player.sink().rtp()).extracting(s -> (int) s.payload()[0]).doesNotContain(2);
  }

  /** A packet of a track that is told apart by its MID alone. */
  private static byte[] ofSection(String mid, int payloadType, long ssrc, byte[] payload) {
    return rtp(payloadType, 1, 1, ssrc, payload, Media.MID, mid);
  }

  @Test
  void further_sections_show_others_before_more_of_the_same() {
    TestPublisher anna = room.publisher("anna", Media.track("v1"), Media.track("v2"));
    TestPublisher ben = room.publisher("ben", Media.track("v1"), Media.track("v2"));
    EgressMedia[] sections =
        Stream.of("a", "b", "c", "d")
            .map(mid -> Media.playedVideo(mid, Media.codec(96, Media.video("VP8"))))
            .toArray(EgressMedia[]::new);
    TestPlayer stage = room.player(null, sections);
    TestPlayer pinned = room.player("ben", sections);

    anna.send(ofSection("v1", 96, 101, TestPublisher.vp8(true, 1)));
    anna.send(ofSection("v2", 96, 102, TestPublisher.vp8(true, 2)));
    ben.send(ofSection("v1", 96, 103, TestPublisher.vp8(true, 3)));
    ben.send(ofSection("v2", 96, 104, TestPublisher.vp8(true, 4)));

    assertThat(List.of(shown(stage, 0), shown(stage, 1), shown(stage, 2), shown(stage, 3)))
        .containsExactly(1, 3, 2, 4);
    assertThat(List.of(shown(pinned, 0), shown(pinned, 1))).containsExactly(3, 4);
    assertThat(pinned.received(2)).isEmpty();
  }

  /** A keyframe that ends with its SSRC. */
  private static byte[] picture(int number, int ssrc) {
    byte[] payload = TestPublisher.vp8(true, ssrc);
    return rtp(96, number + 1, number * 3000L, ssrc, payload, Media.MID, "v1");
  }

  /** The last payload byte that a section got. */
  private static int shown(TestPlayer player, int section) {
    byte[] payload = player.last(section).payload();
    return payload[payload.length - 1];
  }

  @Test
  void a_second_sound_that_tells_no_level_takes_the_stage_from_nobody() {
    IngestMedia system = Media.sound("a2");
    TestPublisher anna = room.publisher("anna", publishedAudio(1), system);
    TestPublisher ben = room.publisher("ben", publishedAudio(2));

    talk(anna, SILENT, ben, LOUD + 10, 3000);
    for (int i = 0; i < 150; i++) {
      anna.send(rtp(111, i + 1, i * 960L, 11, new byte[] {11}, Media.MID, "a2"));
      talk(anna, LOUD, ben, LOUD + 10, 20);
    }

    assertThat(stages()).containsExactly("anna", "ben", "anna");
  }

  @Test
  void who_speaks_without_a_picture_is_heard_and_who_was_seen_goes_on() {
    TestPublisher anna = room.publisher("anna", publishedAudio(1), Media.track("v1"));
    TestPublisher ben = room.publisher("ben", publishedAudio(2));
    TestPublisher carl = room.publisher("carl", Media.track("v1"));
    TestPlayer player =
        room.player(
            null, playedAudio("a"), Media.playedVideo("v", Media.codec(96, Media.video("VP8"))));
    for (int i = 0; i < 150; i++) {
      anna.send(picture(i, 101));
      carl.send(picture(i, 103));
      talk(anna, i < 50 ? LOUD : SILENT, ben, i < 50 ? SILENT : LOUD, 20);
    }
    assertThat(heard(player, 0)).isEqualTo(2);
    assertThat(shown(player, 1)).isEqualTo(101);
    assertThat(room.room.snapshot().orElseThrow().heard()).contains(new StreamName("ben"));

    anna.publisher().close(room.now());
    carl.send(picture(150, 103));
    assertThat(shown(player, 1)).isEqualTo(103);
    assertThat(stages()).containsExactly("anna", "carl");
  }

  @Test
  void goes_on_with_whoever_is_left() {
    TestPublisher anna = room.publisher("anna", publishedAudio(1));
    TestPublisher ben = room.publisher("ben", publishedAudio(2));
    talk(anna, LOUD, ben, SILENT, 100);

    anna.publisher().close(room.now());
    ben.publisher().close(room.now());

    assertThat(stages()).containsExactly("anna", "ben", "-");
  }

  @Test
  void prefers_one_who_sends() {
    room.publisher("mute", publishedAudio(1));
    TestPublisher ben = room.publisher("ben", publishedAudio(2));
    assertThat(room.room.snapshot().orElseThrow().stage()).contains(new StreamName("mute"));

    speak(ben, 2, SILENT);
    room.pass(60);

    assertThat(room.room.snapshot().orElseThrow().stage()).contains(new StreamName("ben"));
    room.pass(10_000);

    assertThat(room.room.snapshot().orElseThrow().stage()).contains(new StreamName("mute"));
  }
}
