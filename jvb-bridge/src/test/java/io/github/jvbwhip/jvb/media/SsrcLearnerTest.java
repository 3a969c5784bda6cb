package io.github.jvbwhip.jvb.media;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.jvb.media.SsrcLearner.Verdict;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SsrcLearnerTest {
  private static final long MILLI = 1_000_000L;

  @Test
  void what_the_offer_told_waits_only_for_the_bridge() {
    SsrcLearner learner =
        new SsrcLearner(
            List.of(Plans.audio(7), Plans.video(Plans.VP8, Plans.known(8))),
            SsrcTranslation.identity());
    assertThat(learner.encodings()).extracting(LearntEncoding::ssrc).containsExactly(7L, 8L);
    assertThat(see(learner, Packets.of(109, 1, 0, 7), 0)).isEqualTo(Verdict.HOLD);

    learner.accept(learner.encodings());
    assertThat(see(learner, Packets.of(109, 2, 0, 7), 0)).isEqualTo(Verdict.PASS);
    assertThat(learner.isAccepted(8)).isTrue();
    assertThat(learner.isAccepted(9)).isFalse();
  }

  @Test
  void ssrcs_are_learnt_from_rids() {
    SsrcLearner learner =
        new SsrcLearner(List.of(Plans.simulcast(Plans.VP8, "h", "l")), SsrcTranslation.identity());
    assertThat(see(learner, rid(96, 100, "l"), MILLI)).isEqualTo(Verdict.HOLD_NEWS);
    assertThat(see(learner, rid(96, 200, "h"), 2 * MILLI)).isEqualTo(Verdict.HOLD_NEWS);
    assertThat(see(learner, rid(96, 200, "h"), 3 * MILLI)).isEqualTo(Verdict.HOLD);

    List<LearntEncoding> learnt = learner.encodings();
    assertThat(learnt).extracting(LearntEncoding::ssrc).containsExactly(100L, 200L);
    assertThat(learnt).extracting(LearntEncoding::index).containsExactly(1, 0);
    assertThat(learnt)
        .extracting(LearntEncoding::rid)
        .containsExactly(Optional.of("l"), Optional.of("h"));
    assertThat(learnt.get(1).bytesPerSecond()).isPositive();
  }

  @Test
  void it_says_since_when_packets_have_waited() {
    SsrcLearner learner =
        new SsrcLearner(List.of(Plans.simulcast(Plans.VP8, "h", "l")), SsrcTranslation.identity());
    see(learner, rid(96, 100, "l"), MILLI);
    List<LearntEncoding> first = learner.encodings();
    see(learner, rid(96, 200, "h"), 2 * MILLI);
    see(learner, rid(96, 200, "h"), 3 * MILLI);

    assertThat(learner.accept(first)).containsExactly(MILLI);
    assertThat(learner.accept(learner.encodings())).containsExactly(2 * MILLI);
    assertThat(learner.accept(learner.encodings())).isEmpty();
  }

  @Test
  void retransmissions_are_learnt_from_repaired_rids() {
    SsrcLearner learner =
        new SsrcLearner(List.of(Plans.simulcast(Plans.VP8, "h", "l")), SsrcTranslation.identity());
    see(learner, rid(96, 100, "l"), 0);
    Packets rtx = Packets.with(97, 1, 0, 101, new int[] {Plans.REPAIRED}, new String[] {"l"}, 0, 1);

    assertThat(see(learner, rtx, 0)).isEqualTo(Verdict.HOLD_NEWS);
    assertThat(learner.encodings().get(0).rtxSsrc()).isEqualTo(OptionalLong.of(101));
    learner.accept(learner.encodings());
    assertThat(see(learner, rtx, 0)).isEqualTo(Verdict.PASS);
  }

  @Test
  void the_only_encoding_needs_no_rid() {
    SsrcLearner learner =
        new SsrcLearner(
            List.of(Plans.video(Plans.H264, Plans.unknown())), SsrcTranslation.identity());

    assertThat(see(learner, Packets.of(96, 1, 0, 55), 0)).isEqualTo(Verdict.HOLD_NEWS);
    assertThat(learner.encodings()).extracting(LearntEncoding::ssrc).containsExactly(55L);
  }

  @Test
  void what_is_known_has_the_ssrcs_of_the_conference() {
    SsrcTranslation ssrcs = SsrcTranslation.random(new Random(1));
    SsrcLearner learner =
        new SsrcLearner(List.of(Plans.audio(7), Plans.video(Plans.VP8, Plans.known(8))), ssrcs);

    assertThat(learner.encodings())
        .extracting(LearntEncoding::ssrc)
        .containsExactly(ssrcs.toConference(7), ssrcs.toConference(8))
        .doesNotContain(7L, 8L, SsrcTranslation.NONE);
    learner.accept(learner.encodings());
    assertThat(learner.isAccepted(7)).isTrue();
    assertThat(see(learner, Packets.of(109, 1, 0, 7), 0)).isEqualTo(Verdict.PASS);
  }

  @Test
  void what_is_forgotten_is_learnt_anew() {
    SsrcTranslation ssrcs = SsrcTranslation.random(new Random(1));
    SsrcLearner learner = new SsrcLearner(List.of(Plans.video(Plans.H264, Plans.unknown())), ssrcs);
    see(learner, Packets.of(96, 1, 0, 55), 0);
    see(learner, Packets.of(97, 1, 0, 56), 0);
    List<LearntEncoding> known = learner.encodings();
    learner.accept(known);

    learner.forget(known);
    assertThat(learner.encodings()).isEmpty();
    learner.accept(List.of());

    assertThat(see(learner, Packets.of(96, 2, 0, 55), 0)).isEqualTo(Verdict.HOLD_NEWS);
    assertThat(see(learner, Packets.of(97, 2, 0, 56), 0)).isEqualTo(Verdict.HOLD_NEWS);
    assertThat(learner.encodings().get(0).ssrc())
        .as("the bridge has decrypted it under that one")
        .isEqualTo(known.get(0).ssrc());
    assertThat(learner.encodings().get(0).rtxSsrc()).isEqualTo(known.get(0).rtxSsrc());
  }

  @Test
  void a_dependency_descriptor_is_noticed() {
    SsrcLearner learner =
        new SsrcLearner(List.of(Plans.simulcast(Plans.H264, "h", "l")), SsrcTranslation.identity());
    see(
        learner,
        Packets.with(
            96, 1, 0, 5, new int[] {Plans.RID, Plans.DESCRIPTOR}, new String[] {"h", "xyz"}),
        0);

    assertThat(learner.encodings().get(0).described()).isTrue();
    assertThat(learner.encodings().get(0).payloadType()).isEqualTo(96);
  }

  @Test
  void what_belongs_nowhere_is_left_to_the_bridge() {
    SsrcLearner learner =
        new SsrcLearner(List.of(Plans.simulcast(Plans.VP8, "h", "l")), SsrcTranslation.identity());

    assertThat(see(learner, Packets.of(50, 1, 0, 1), 0)).isEqualTo(Verdict.PASS);
    assertThat(see(learner, rid(96, 1, "x"), 0)).isEqualTo(Verdict.PASS);
    assertThat(see(learner, Packets.of(96, 1, 0, 1), 0)).isEqualTo(Verdict.PASS);
  }

  @Test
  void of_several_sections_with_one_payload_type_none_has_what_tells_no_mid() {
    SsrcLearner learner =
        new SsrcLearner(
            List.of(Plans.track("v1", Plans.unknown()), Plans.track("v2", Plans.known(8))),
            SsrcTranslation.identity());

    assertThat(see(learner, Packets.of(96, 1, 0, 1), 0)).isEqualTo(Verdict.PASS);
    assertThat(see(learner, Packets.of(97, 1, 0, 2), 0)).isEqualTo(Verdict.PASS);
    assertThat(learner.takeUntold()).isEqualTo(OptionalLong.of(2));
    assertThat(see(learner, Packets.of(96, 2, 0, 1), 0)).isEqualTo(Verdict.PASS);
    assertThat(learner.takeUntold()).as("once").isEmpty();

    assertThat(see(learner, Packets.of(96, 1, 0, 8), 0)).isEqualTo(Verdict.HOLD);
    Packets told = Packets.with(96, 2, 0, 1, new int[] {Plans.MID}, new String[] {"v1"}, 1);
    assertThat(see(learner, told, 0)).isEqualTo(Verdict.HOLD_NEWS);
    assertThat(learner.encodings()).extracting(LearntEncoding::section).containsExactly(1, 0);
  }

  @Test
  void a_flood_of_ssrcs_is_not_learnt() {
    SsrcLearner learner =
        new SsrcLearner(List.of(Plans.simulcast(Plans.VP8, "h", "l")), SsrcTranslation.identity());
    for (int ssrc = 1; ssrc < 1000; ssrc++) {
      see(learner, rid(96, ssrc, "h"), 0);
    }
    assertThat(learner.encodings()).hasSizeLessThan(50);
  }

  private static Verdict see(SsrcLearner learner, Packets packet, long nanos) {
    return learner.packet(packet.bytes, packet.offset, packet.length, nanos);
  }

  private static Packets rid(int payloadType, long ssrc, String rid) {
    return Packets.with(
        payloadType, 1, 0, ssrc, new int[] {Plans.MID, Plans.RID}, new String[] {"v", rid}, 1, 2);
  }
}
