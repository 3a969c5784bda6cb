package io.github.jvbwhip.core.stage;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.core.bridge.StreamName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Streams are texts; those in upper case send. */
class StageOrderTest {
  private static boolean sends(String stream) {
    return Character.isUpperCase(stream.charAt(0));
  }

  private static Optional<String> first(List<String> streams, String speaker, String before) {
    return Stage.first(streams, StageOrderTest::sends, speaker::equals, before::equals);
  }

  @Test
  void the_speaker_is_on_the_stage_before_who_was_there_and_before_the_first() {
    assertThat(first(List.of("A", "B", "C"), "C", "B")).contains("C");
    assertThat(first(List.of("A", "B", "C"), "", "B")).contains("B");
    assertThat(first(List.of("A", "B", "C"), "", "")).contains("A");
  }

  @Test
  void who_does_not_send_is_on_the_stage_only_where_nobody_does() {
    assertThat(first(List.of("a", "b", "C"), "a", "b")).contains("C");
    assertThat(first(List.of("a", "b"), "b", "b")).contains("a");
    assertThat(first(List.of(), "b", "b")).isEmpty();
  }

  @Test
  void a_speaker_without_a_picture_leaves_the_picture_to_who_was_there_before() {
    assertThat(seen(List.of("A", "b", "C"), "b", "C")).contains("C");
    assertThat(seen(List.of("A", "b", "C"), "b", "b")).contains("A");
    assertThat(seen(List.of("A", "b", "C"), "A", "C")).contains("A");
    assertThat(seen(List.of("a", "b"), "b", "a")).contains("b");
  }

  private static Optional<String> seen(List<String> streams, String speaker, String before) {
    return Stage.seen(streams, StageOrderTest::sends, Optional.of(speaker), before::equals);
  }

  @Test
  void those_who_may_be_there_send_or_came_first() {
    assertThat(Stage.candidates(List.of("a", "B", "C"), StageOrderTest::sends))
        .containsExactly("B", "C");
    assertThat(Stage.candidates(List.of("a", "b"), StageOrderTest::sends)).containsExactly("a");
    assertThat(Stage.candidates(List.of(), StageOrderTest::sends)).isEmpty();
  }

  @Test
  void those_that_send_come_before_those_that_do_not_as_they_came() {
    assertThat(
            Stage.order(List.of("a", "B", "c", "D", "E"), StageOrderTest::sends, Optional.of("D")))
        .containsExactly("D", "B", "E", "a", "c");
    assertThat(Stage.order(List.of("a"), StageOrderTest::sends, Optional.empty()))
        .containsExactly("a");
  }

  @Test
  void a_pinned_player_sees_its_stream_alone() {
    List<String> order = List.of("B", "A");
    assertThat(SlotAssignment.watched(order, Optional.empty(), StreamName::new))
        .containsExactly("B", "A");
    assertThat(SlotAssignment.watched(order, Optional.of(new StreamName("A")), StreamName::new))
        .containsExactly("A");
    assertThat(SlotAssignment.watched(order, Optional.of(new StreamName("x")), StreamName::new))
        .isEmpty();
  }

  @Test
  void the_first_tracks_of_all_streams_come_before_the_second_ones() {
    assertThat(
            SlotAssignment.tracks(
                List.of("A", "B", "C"),
                stream ->
                    switch (stream) {
                      case "A" -> List.of("A1", "A2", "A3");
                      case "B" -> List.of();
                      default -> List.of("C1", "C2");
                    }))
        .containsExactly("A1", "C1", "A2", "C2", "A3");
    assertThat(SlotAssignment.tracks(List.of(), stream -> List.of(stream))).isEmpty();
  }

  @Test
  void each_section_gets_the_next_source_and_those_left_over_get_none() {
    List<String> shown = new ArrayList<>();
    SlotAssignment.assign(
        List.of(1, 2, 3), List.of("A", "B"), (section, source) -> shown.add(section + "" + source));
    assertThat(shown).containsExactly("1A", "2B", "3null");
  }

  @Test
  void a_section_goes_on_with_what_it_shows_while_that_is_among_those_shown() {
    assertThat(steadily(List.of("A", "B"), List.of("B", "A", "C"))).containsExactly("A", "B");
    assertThat(steadily(List.of("A", "B"), List.of("C", "B", "A"))).containsExactly("C", "B");
    assertThat(steadily(List.of("A", "B"), List.of("C", "D"))).containsExactly("C", "D");
    assertThat(steadily(List.of("A", "B"), List.of("B"))).containsExactly("null", "B");
    assertThat(steadily(List.of("A"), List.of("B", "A"))).containsExactly("B");
    assertThat(steadily(List.of("", ""), List.of("A"))).containsExactly("A", "null");
  }

  /** What sections show next that show the first ones now. */
  private static List<String> steadily(List<String> now, List<String> sources) {
    List<String> shown = new ArrayList<>();
    SlotAssignment.assignSteadily(
        now, sources, String::equals, (section, source) -> shown.add(String.valueOf(source)));
    return shown;
  }
}
