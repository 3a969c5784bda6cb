package io.github.jvbwhip.embedded.forward;

import static io.github.jvbwhip.embedded.forward.Media.codec;
import static io.github.jvbwhip.embedded.forward.Media.opus;
import static io.github.jvbwhip.embedded.forward.Media.playedAudio;
import static io.github.jvbwhip.embedded.forward.Media.playedVideo;
import static io.github.jvbwhip.embedded.forward.Media.publishedAudio;
import static io.github.jvbwhip.embedded.forward.Media.publishedVideo;
import static io.github.jvbwhip.embedded.forward.Media.video;
import static io.github.jvbwhip.embedded.forward.TestPublisher.rtp;
import static io.github.jvbwhip.embedded.forward.TestPublisher.vp8;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.jvbwhip.core.bridge.Codec;
import io.github.jvbwhip.core.bridge.MediaKind;
import io.github.jvbwhip.core.rtp.rtcp.NtpTime;
import io.github.jvbwhip.core.rtp.rtcp.Rtcp;
import io.github.jvbwhip.core.rtp.rtcp.SenderReport;
import io.github.jvbwhip.core.rtp.rtcp.SourceDescription;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A player can put audio and video together, whatever the publisher says of its clock. */
class SenderReportsTest {
  private static final long AUDIO = 1;
  private static final long VIDEO = 2;

  /** The publisher's wall clock is an hour off. */
  private static final long WRONG_BY_NANOS = 3_600_000_000_000L;

  private final TestRoom room = new TestRoom();
  private final TestPublisher publisher =
      room.publisher("s", publishedAudio(AUDIO), publishedVideo(VIDEO, codec(96, video("VP8"))));
  private final TestPlayer player =
      room.player("s", playedAudio("a"), playedVideo("v", codec(120, video("VP8"))));
  private final long start = room.now();
  private int number;

  /** Both media, captured together; their timestamps begin at any number. */
  private void send(boolean keyframe) {
    number++;
    publisher.send(rtp(111, number, audioTimestamp(), AUDIO, new byte[] {1, 2}));
    publisher.send(rtp(96, number, videoTimestamp(), VIDEO, vp8(keyframe, number)));
  }

  private long audioTimestamp() {
    return 4_294_900_000L + (room.now() - start) / TestRoom.MILLI * 48 & 0xFFFFFFFFL;
  }

  private long videoTimestamp() {
    return 777_000 + (room.now() - start) / TestRoom.MILLI * 90;
  }

  private void stream(int millis) {
    for (int i = 0; i < millis / 20; i++) {
      send(i == 0);
      room.pass(20);
    }
  }

  private long publishersTime() {
    return NtpTime.ofUnixNanos(TestRoom.UNIX_NANOS_AT_ZERO + room.now() + WRONG_BY_NANOS);
  }

  private byte[] lastReport(int section) {
    return lastReport(player, section);
  }

  private static byte[] lastReport(TestPlayer player, int section) {
    List<byte[]> reports =
        player.sink().rtcp(SenderReport::is).stream()
            .filter(b -> SenderReport.ssrc(b, 0) == player.ssrc(section))
            .toList();
    return reports.get(reports.size() - 1);
  }

  /** When the newest packet of a section was captured, in seconds of the reports' clock. */
  private double captureTime(int section, int clockRate) {
    byte[] report = lastReport(section);
    long ticks = (int) (player.last(section).timestamp() - SenderReport.rtpTimestamp(report, 0));
    return seconds(SenderReport.ntpTime(report, 0)) + (double) ticks / clockRate;
  }

  private static double seconds(long ntp) {
    return (ntp >>> 32) + (ntp & 0xFFFFFFFFL) / 4294967296.0;
  }

  @Test
  void translates_the_publishers_reports() {
    stream(200);
    publisher.senderReport(AUDIO, publishersTime(), audioTimestamp());
    publisher.senderReport(VIDEO, publishersTime(), videoTimestamp());
    stream(3000);
    send(false);

    assertThat(captureTime(0, 48000)).isCloseTo(seconds(publishersTime()), within(0.001));
    assertThat(captureTime(1, 90000)).isCloseTo(seconds(publishersTime()), within(0.001));
    byte[] report = lastReport(1);
    assertThat(SenderReport.packetCount(report, 0)).isBetween(100L, 161L);
    assertThat(SenderReport.octetCount(report, 0))
        .isEqualTo(100 * SenderReport.packetCount(report, 0));
  }

  @Test
  void uses_the_arrival_of_packets_when_there_are_no_reports() {
    stream(3000);
    send(false);

    double bridgesTime = seconds(NtpTime.ofUnixNanos(TestRoom.UNIX_NANOS_AT_ZERO + room.now()));
    assertThat(captureTime(0, 48000)).isCloseTo(bridgesTime, within(0.001));
    assertThat(captureTime(1, 90000)).isCloseTo(bridgesTime, within(0.001));
  }

  @Test
  void never_mixes_the_two_clocks() {
    stream(200);
    publisher.senderReport(AUDIO, publishersTime(), audioTimestamp());
    stream(2000);
    send(false);

    assertThat(captureTime(0, 48000)).isCloseTo(captureTime(1, 90000), within(0.001));
  }

  @Test
  void ignores_reports_that_make_no_sense() {
    stream(200);
    publisher.senderReport(AUDIO, 0xFFFFFFFFFFFFFFFFL, 0xFFFFFFFFL);
    publisher.senderReport(AUDIO, publishersTime(), audioTimestamp() + 0x7000_0000L);
    publisher.senderReport(VIDEO, publishersTime(), 0xFFFFFFFFL);
    publisher.senderReport(VIDEO, 0, videoTimestamp());
    stream(2000);
    send(false);

    double bridgesTime = seconds(NtpTime.ofUnixNanos(TestRoom.UNIX_NANOS_AT_ZERO + room.now()));
    assertThat(captureTime(0, 48000)).isCloseTo(bridgesTime, within(0.001));
    assertThat(captureTime(1, 90000)).isCloseTo(bridgesTime, within(0.001));
  }

  @Test
  void reports_at_once_when_the_source_changes() {
    stream(1000);
    publisher.publisher().close(room.now());
    TestPublisher next = room.publisher("s", publishedAudio(9));
    player.sink().clear();

    next.send(rtp(111, 1, 1, 9, new byte[] {1}));
    room.pass(60);

    assertThat(player.sink().rtcp(SenderReport::is)).hasSizeGreaterThanOrEqualTo(1);
    byte[] names =
        player.sink().rtcp((b, at) -> Rtcp.type(b, at) == Rtcp.SOURCE_DESCRIPTION).get(0);
    byte[] cname = player.player().sources().get(0).cname().getBytes(UTF_8);
    byte[] expected = new byte[names.length];
    assertThat(SourceDescription.write(expected, 0, player.ssrc(0), cname)).isEqualTo(names.length);
    assertThat(names).isEqualTo(expected);
  }

  /** In one stream of the publisher's, whose timestamps are continuous (RFC 7160 §4.2). */
  @Test
  void goes_by_the_clock_of_the_codec_that_is_sent() {
    Codec pcmu = new Codec(MediaKind.AUDIO, "PCMU", 8000, 1, Map.of());
    TestPublisher both =
        room.publisher("both", publishedAudio(5, codec(111, opus()), codec(0, pcmu)));
    TestPlayer listener = room.player("both", playedAudio("a", codec(109, opus()), codec(0, pcmu)));
    for (int i = 0; i < 100; i++) {
      if (i == 50) { // Some time before the change: it is carried over to the other clock.
        both.senderReport(5, publishersTime(), 48_000);
      }
      both.send(rtp(111, i, i * 960L, 5, new byte[] {1}));
      room.pass(20);
    }
    for (int i = 100; i < 300; i++) {
      both.send(rtp(0, i, 96_000 + (i - 100) * 160L, 5, new byte[] {1}));
      room.pass(20);
    }

    byte[] report = lastReport(listener, 0);
    long ticks = (int) (listener.last(0).timestamp() - SenderReport.rtpTimestamp(report, 0));
    double captured = seconds(SenderReport.ntpTime(report, 0)) + ticks / 8000.0;
    assertThat(captured).isCloseTo(seconds(publishersTime()) - 0.02, within(0.001));
  }
}
