package io.github.jvbwhip.embedded.forward;

import static io.github.jvbwhip.embedded.forward.Media.codec;
import static io.github.jvbwhip.embedded.forward.Media.playedAudio;
import static io.github.jvbwhip.embedded.forward.Media.playedVideo;
import static io.github.jvbwhip.embedded.forward.Media.simulcast;
import static io.github.jvbwhip.embedded.forward.Media.video;
import static io.github.jvbwhip.embedded.forward.TestPublisher.rtp;
import static io.github.jvbwhip.embedded.forward.TestPublisher.vp8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.core.rtp.rtcp.Nack;
import io.github.jvbwhip.core.rtp.rtcp.SenderReport;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Authenticated clients that send garbage: nothing fails, and only valid packets go out. */
class HostilePacketsTest {
  private final TestRoom room = new TestRoom();
  private final Random random = new Random(42);

  private final TestPublisher hostile =
      room.publisher(
          "hostile",
          Media.publishedAudio(1),
          simulcast(
              List.of("q", "f"),
              codec(96, video("VP8"), 97),
              codec(98, video("H264"), 99),
              codec(100, video("VP9")),
              codec(101, video("AV1")),
              codec(102, video("H265"))));
  private final TestPlayer player =
      room.player(
          "hostile",
          playedAudio("a"),
          playedVideo(
              "v",
              codec(120, video("VP8"), 121),
              codec(122, video("H264")),
              codec(123, video("VP9")),
              codec(124, video("AV1")),
              codec(125, video("H265"))));

  @Test
  void random_and_mutated_rtp() {
    int forwarded = 0;
    for (int i = 0; i < 40_000; i++) {
      String rid = random.nextBoolean() ? "q" : "f";
      int payloadType = 96 + random.nextInt(7);
      long ssrc = 1000 + random.nextInt(4);
      byte[] packet =
          payloadType == 97
              ? TestPublisher.rtx(
                  rtp(96, i, i, 5, vp8(false, i & 0x7FFF), Media.REPAIRED_RID, rid),
                  97,
                  ssrc + 100,
                  i)
              : rtp(
                  payloadType,
                  i & 0xFFFF,
                  i * 90L,
                  ssrc,
                  vp8(random.nextInt(10) == 0, i & 0x7FFF),
                  Media.MID,
                  "v",
                  Media.RID,
                  rid);
      for (int k = random.nextInt(4); k > 0; k--) {
        packet[random.nextInt(packet.length)] = (byte) random.nextInt();
      }
      byte[] cut = new byte[Math.max(12, packet.length - random.nextInt(3) * random.nextInt(90))];
      System.arraycopy(packet, 0, cut, 0, Math.min(cut.length, packet.length));
      hostile.send(cut);
      if (i % 50 == 0) {
        room.pass(20);
        forwarded += player.received(1).size();
        player.sink().clear();
      }
    }
    assertThat(forwarded).as("some of it is good enough to be sent").isGreaterThan(1000);
  }

  @Test
  void random_and_mutated_rtcp() {
    hostile.send(rtp(96, 1, 1, 1000, vp8(true, 1), Media.MID, "v", Media.RID, "q"));
    byte[] report = new byte[SenderReport.LENGTH];
    SenderReport.write(report, 0, 0, 1000, 1, 1, 1, 1);
    byte[] nack = new byte[100];
    int nackLength = Nack.write(nack, 0, 1, player.ssrc(1), new int[] {1, 5, 40, 41}, 4);
    for (int i = 0; i < 40_000; i++) {
      byte[] from = random.nextBoolean() ? report : Arrays.copyOf(nack, nackLength);
      byte[] b = from.clone();
      for (int k = random.nextInt(6); k > 0; k--) {
        b[random.nextInt(b.length)] = (byte) random.nextInt();
      }
      b[1] = (byte) (200 + random.nextInt(8));
      hostile.publisher().onRtcp(b.clone(), 0, b.length, room.now());
      player.player().onRtcp(b, 0, b.length, room.now());
      if (i % 100 == 0) {
        room.pass(50);
        player.sink().clear();
      }
    }
    assertThat(player.player().losses().lost()).isNotNegative();
  }

  @Test
  void streams_that_change_their_ssrc_all_the_time_are_not_followed() {
    for (int i = 0; i < 1000; i++) {
      hostile.send(rtp(96, i, i, 5000 + i, vp8(true, i), Media.MID, "v", Media.RID, "q"));
    }

    assertThat(player.received(1)).hasSizeLessThanOrEqualTo(32);
    assertThat(hostile.publisher().snapshot().layers()).hasSize(1);
  }

  @Test
  void streams_that_jump_in_their_sequence_all_the_time_are_not_followed() {
    assertThat(encodingsOfJumps()).hasSizeLessThanOrEqualTo(32);

    room.pass(1000);
    assertThat(encodingsOfJumps()).as("a second later").hasSizeBetween(20, 33);
  }

  /** Jumps a thousand times; what the room takes for an encoding meanwhile. */
  private Set<Encoding> encodingsOfJumps() {
    Set<Encoding> encodings = new HashSet<>();
    for (int i = 0; i < 1000; i++) {
      int jump = i * 10_000 & 0xFFFF;
      hostile.send(rtp(96, jump, i, 5000, vp8(true, i), Media.MID, "v", Media.RID, "q"));
      hostile.send(rtp(96, jump + 1, i, 5000, vp8(true, i), Media.MID, "v", Media.RID, "q"));
      hostile.publisher().encodings().filter(e -> e.ssrc == 5000).forEach(encodings::add);
    }
    return encodings;
  }

  @Test
  void a_stream_that_begins_anew_all_the_time_is_asked_for_keyframes_no_more_often() {
    for (int i = 0; i < 100; i++) {
      int jump = i * 10_000 & 0xFFFF;
      hostile.send(rtp(96, jump, i, 5000, vp8(false, i), Media.MID, "v", Media.RID, "q"));
      hostile.send(rtp(96, jump + 1, i, 5000, vp8(false, i), Media.MID, "v", Media.RID, "q"));
      room.pass(50);
    }

    assertThat(hostile.keyframeRequests()).as("in five seconds").isBetween(5, 11);
  }

  @Test
  void a_stream_of_ever_new_ssrcs_is_asked_for_keyframes_no_more_often() {
    for (int i = 0; i < 100; i++) {
      hostile.send(rtp(96, i, i, 5000 + i, vp8(false, i), Media.MID, "v", Media.RID, "q"));
      room.pass(50);
    }

    assertThat(hostile.keyframeRequests()).as("in five seconds").isBetween(5, 11);
  }

  @Test
  void packets_that_are_too_long_go_nowhere() {
    byte[] payload = new byte[IncomingPacket.MAX_LENGTH];
    hostile.send(rtp(111, 1, 1, 1, payload));
    hostile.send(rtp(111, 2, 2, 1, new byte[IncomingPacket.MAX_LENGTH - 12]));

    assertThat(player.received(0)).hasSize(1);
  }
}
