package io.github.jvbwhip.load.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.core.rtp.rtcp.Nack;
import io.github.jvbwhip.core.rtp.rtcp.Pli;
import io.github.jvbwhip.core.rtp.rtcp.ReceiverReport;
import io.github.jvbwhip.core.rtp.rtcp.Remb;
import io.github.jvbwhip.core.rtp.rtcp.ReportBlock;
import io.github.jvbwhip.core.rtp.rtcp.Rtcp;
import io.github.jvbwhip.core.rtp.rtcp.RtcpFeedback;
import io.github.jvbwhip.load.media.FrameTracker;
import io.github.jvbwhip.load.media.StreamReception;
import io.github.jvbwhip.testpeer.media.Codec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiPredicate;
import org.junit.jupiter.api.Test;

class PlayerFeedbackTest {
  private static final long OWN = 1;
  private static final long AUDIO = 2;
  private static final long VIDEO = 3;
  private static final long MILLI = 1_000_000;

  private final StreamReception audio = new StreamReception(48_000);
  private final StreamReception video = new StreamReception(90_000);
  private final FrameTracker frames = new FrameTracker();
  private final List<byte[]> sent = new ArrayList<>();
  private long now = 1;

  private PlayerFeedback feedback(BandwidthFeedback bandwidth, boolean reducedSize) {
    PlayerSettings settings =
        new PlayerSettings(List.of(Codec.VP8), true, true, true, bandwidth, 2_000_000, 50 * MILLI);
    PlayerFeedback feedback = new PlayerFeedback(settings, OWN, audio, video, frames);
    feedback.agreed(true, reducedSize);
    feedback.start((b, length) -> sent.add(Arrays.copyOf(b, length)), now);
    return feedback;
  }

  private void receive(StreamReception stream, long ssrc, int number) {
    stream.received(ssrc, number, 90L * number, false, now);
  }

  private void run(PlayerFeedback feedback, int millis) {
    for (int i = 0; i < millis / 10; i++) {
      now += 10 * MILLI;
      feedback.tick(now);
    }
  }

  /** Where such a packet is in one of the compounds, or -1; and it is valid. */
  private int find(byte[] compound, BiPredicate<byte[], Integer> kind) {
    assertThat(Rtcp.isValid(compound, 0, compound.length)).isTrue();
    for (int at = 0; at < compound.length; at = Rtcp.next(compound, at)) {
      if (kind.test(compound, at)) {
        return at;
      }
    }
    return -1;
  }

  private List<byte[]> with(BiPredicate<byte[], Integer> kind) {
    return sent.stream().filter(compound -> find(compound, kind) >= 0).toList();
  }

  private void loseOne() {
    receive(audio, AUDIO, 1);
    receive(video, VIDEO, 10);
    frames.received(video.number(), 0, true, true, now);
    receive(video, VIDEO, 12);
  }

  @Test
  void what_is_missing_is_asked_for_alone_where_that_was_agreed() {
    PlayerFeedback feedback = feedback(BandwidthFeedback.NONE, true);
    loseOne();
    run(feedback, 40);
    List<byte[]> nacks = with(Nack::is);
    assertThat(nacks).hasSize(1);
    assertThat(nacks.get(0)).hasSize(RtcpFeedback.LENGTH + 4);
    List<Integer> lost = new ArrayList<>();
    Nack.forEachLost(nacks.get(0), 0, lost::add);
    assertThat(lost).containsExactly(11);
    assertThat(RtcpFeedback.mediaSsrc(nacks.get(0), 0)).isEqualTo(VIDEO);
    assertThat(feedback.nacked()).isEqualTo(1);
  }

  @Test
  void elsewhere_it_is_asked_for_behind_a_report_on_video() {
    PlayerFeedback feedback = feedback(BandwidthFeedback.NONE, false);
    loseOne();
    run(feedback, 40);
    List<byte[]> nacks = with(Nack::is);
    assertThat(nacks).hasSize(1);
    assertThat(ReceiverReport.is(nacks.get(0), 0)).isTrue();
    assertThat(ReceiverReport.blockCount(nacks.get(0), 0)).isEqualTo(2);
    assertThat(ReportBlock.ssrc(nacks.get(0), ReceiverReport.block(0, 0))).isEqualTo(VIDEO);
  }

  @Test
  void nothing_is_asked_for_that_was_not_agreed() {
    PlayerFeedback feedback = feedback(BandwidthFeedback.NONE, true);
    feedback.agreed(false, true);
    loseOne();
    run(feedback, 500);
    assertThat(with(Nack::is)).isEmpty();
  }

  @Test
  void a_picture_that_cannot_be_decoded_makes_ask_for_a_keyframe_from_time_to_time() {
    PlayerFeedback feedback = feedback(BandwidthFeedback.NONE, true);
    receive(video, VIDEO, 10);
    run(feedback, 250);
    assertThat(with(Pli::is)).isEmpty();
    run(feedback, 1300);
    assertThat(with(Pli::is)).hasSize(3);
    assertThat(feedback.keyframeRequests()).isEqualTo(3);
    frames.received(video.number(), 0, true, true, now);
    run(feedback, 2000);
    assertThat(with(Pli::is)).hasSize(3);
  }

  @Test
  void reports_come_each_second_and_tell_the_bandwidth_where_they_should() {
    PlayerFeedback feedback = feedback(BandwidthFeedback.REMB, true);
    receive(audio, AUDIO, 1);
    receive(video, VIDEO, 10);
    frames.received(video.number(), 0, true, true, now);
    run(feedback, 3000);
    List<byte[]> reports = with(ReceiverReport::is);
    assertThat(reports).hasSize(3);
    byte[] report = reports.get(0);
    assertThat(Remb.bitrate(report, find(report, Remb::is))).isBetween(1_990_000L, 2_000_000L);
  }

  @Test
  void transport_wide_arrivals_are_told() {
    PlayerFeedback feedback = feedback(BandwidthFeedback.TRANSPORT_CC, true);
    receive(video, VIDEO, 10);
    frames.received(video.number(), 0, true, true, now);
    feedback.arrived(7, now);
    feedback.arrived(9, now + MILLI);
    run(feedback, 200);
    assertThat(with((b, at) -> Rtcp.type(b, at) == Rtcp.TRANSPORT_FEEDBACK)).hasSize(1);
  }
}
