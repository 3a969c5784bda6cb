package io.github.jvbwhip.jvb.media;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.core.bridge.IngestMedia;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class SourceGroupsTest {
  private static final long MILLI = 1_000_000L;
  private static final long LATE = 2000 * MILLI;
  private static final List<IngestMedia> SIMULCAST =
      List.of(Plans.simulcast(Plans.VP8, "h", "m", "l"));

  @Test
  void what_was_signalled_is_told_at_once() {
    List<IngestMedia> media = List.of(Plans.audio(1), Plans.video(Plans.VP8, Plans.known(2)));
    SourceGroups groups =
        SourceGroups.NONE.with(
            media, new SsrcLearner(media, SsrcTranslation.identity()).encodings(), 0);

    assertThat(groups.groups()).hasSize(2);
    assertThat(groups.groups()).extracting(SourceGroups.SourceGroup::number).containsExactly(0, 0);
  }

  @Test
  void a_simulcast_waits_for_all_and_is_ordered_by_size() {
    List<LearntEncoding> two = List.of(encoding(0, 10, 900), encoding(2, 30, 100));
    assertThat(SourceGroups.NONE.with(SIMULCAST, two, 300 * MILLI).groups()).isEmpty();

    List<LearntEncoding> all =
        List.of(encoding(0, 10, 900), encoding(2, 30, 100), encoding(1, 20, 400));
    assertThat(SourceGroups.NONE.with(SIMULCAST, all, 100 * MILLI).groups()).isEmpty();
    SourceGroups groups = SourceGroups.NONE.with(SIMULCAST, all, 250 * MILLI);

    assertThat(groups.groups()).hasSize(1);
    assertThat(groups.groups().get(0).encodings())
        .extracting(LearntEncoding::ssrc)
        .containsExactly(30L, 20L, 10L);
    assertThat(groups.lacks(all)).isFalse();
  }

  @Test
  void one_that_comes_late_becomes_a_source_of_its_own() {
    List<LearntEncoding> two = List.of(encoding(2, 30, 100), encoding(1, 20, 400));
    SourceGroups first = SourceGroups.NONE.with(SIMULCAST, two, 1100 * MILLI);
    assertThat(first.groups()).hasSize(1);

    List<LearntEncoding> all =
        List.of(encoding(2, 30, 100), encoding(1, 20, 400), encoding(0, 10, 900));
    assertThat(first.lacks(all)).isTrue();
    SourceGroups second = first.with(SIMULCAST, all, 0);

    assertThat(second.groups()).hasSize(2);
    assertThat(second.groups().get(0)).isEqualTo(first.groups().get(0));
    assertThat(second.groups().get(1).number()).isEqualTo(1);
    assertThat(second.groupOf(10)).contains(second.groups().get(1));
  }

  @Test
  void what_the_bridge_does_not_parse_is_a_source_for_each_encoding() {
    List<IngestMedia> media = List.of(Plans.simulcast(Plans.H264, "0", "1", "2"));
    SourceGroups groups =
        SourceGroups.NONE.with(media, List.of(encoding(0, 10, 900), encoding(1, 20, 400)), 0);

    assertThat(groups.groups()).hasSize(2);
    assertThat(groups.groups()).allMatch(g -> g.encodings().size() == 1);
  }

  @Test
  void of_what_the_bridge_does_not_parse_people_are_shown_the_largest_encoding() {
    List<IngestMedia> media = List.of(Plans.simulcast(Plans.H264, "0", "1"));
    List<LearntEncoding> two = List.of(encoding(0, 10, 900), encoding(1, 20, 400));
    SourceGroups groups = SourceGroups.NONE_FOR_PEOPLE.with(media, two, LATE);

    assertThat(groups.encodings()).containsExactly(two.get(0));
    assertThat(groups.lacks(two)).isFalse();
    assertThat(groups.with(media, two, LATE)).isEqualTo(groups);

    List<LearntEncoding> anew = List.of(two.get(0), two.get(1), encoding(0, 11, 900));
    assertThat(groups.lacks(anew)).isTrue();
    assertThat(groups.with(media, anew, LATE).encodings()).containsExactly(two.get(0), anew.get(2));
  }

  @Test
  void people_are_shown_no_second_picture_that_comes_late() {
    List<LearntEncoding> two = List.of(encoding(2, 30, 100), encoding(1, 20, 400));
    SourceGroups first = SourceGroups.NONE_FOR_PEOPLE.with(SIMULCAST, two, LATE);
    List<LearntEncoding> all = List.of(two.get(0), two.get(1), encoding(0, 10, 900));

    assertThat(first.lacks(all)).isFalse();
    assertThat(first.with(SIMULCAST, all, LATE).groups()).hasSize(1);
  }

  @Test
  void a_dependency_descriptor_makes_any_codec_projectable() {
    List<IngestMedia> media = List.of(Plans.simulcast(Plans.H264, "0", "1"));
    LearntEncoding low =
        new LearntEncoding(0, 1, Optional.of("1"), 20, OptionalLong.empty(), 96, true, 100);
    LearntEncoding high =
        new LearntEncoding(0, 0, Optional.of("0"), 10, OptionalLong.empty(), 96, true, 900);

    SourceGroups groups = SourceGroups.NONE.with(media, List.of(high, low), 400 * MILLI);
    assertThat(groups.groups()).hasSize(1);
    assertThat(groups.groups().get(0).encodings()).containsExactly(low, high);
  }

  @Test
  void what_begins_anew_succeeds_what_was_before_and_is_told_under_another_number() {
    SourceGroups before = SourceGroups.NONE.with(SIMULCAST, List.of(encoding(0, 10, 900)), LATE);
    SourceGroups both =
        before.with(SIMULCAST, List.of(encoding(0, 10, 900), encoding(0, 11, 900)), LATE);

    assertThat(both.successors(encoding(0, 10, 900))).containsExactly(encoding(0, 11, 900));
    assertThat(both.successors(encoding(0, 11, 900))).isEmpty();

    SourceGroups after = both.without(List.of(encoding(0, 10, 900)));
    assertThat(after.encodings()).containsExactly(encoding(0, 11, 900));
    SourceGroups next =
        after.with(SIMULCAST, List.of(encoding(0, 11, 900), encoding(0, 12, 900)), LATE);
    assertThat(next.groups()).extracting(SourceGroups.SourceGroup::number).containsExactly(1, 2);
  }

  @Test
  void a_source_stays_while_one_of_its_encodings_does() {
    List<LearntEncoding> two = List.of(encoding(2, 30, 100), encoding(1, 20, 400));
    SourceGroups groups = SourceGroups.NONE.with(SIMULCAST, two, LATE);

    assertThat(groups.without(List.of(two.get(0)))).isEqualTo(groups);
    assertThat(groups.without(two)).isEqualTo(SourceGroups.NONE);
  }

  @Test
  void retransmissions_that_become_known_are_added() {
    List<LearntEncoding> before = List.of(encoding(0, 10, 900));
    SourceGroups groups = SourceGroups.NONE.with(SIMULCAST, before, 2000 * MILLI);
    LearntEncoding with =
        new LearntEncoding(0, 0, Optional.of("0"), 10, OptionalLong.of(11), 96, false, 900);

    assertThat(groups.with(SIMULCAST, List.of(with), 0).encodings()).containsExactly(with);
  }

  private static LearntEncoding encoding(int index, long ssrc, long rate) {
    return new LearntEncoding(
        0, index, Optional.of("" + index), ssrc, OptionalLong.empty(), 96, false, rate);
  }
}
