package io.github.jvbwhip.jvb.room;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.core.bridge.MediaKind;
import io.github.jvbwhip.core.bridge.StreamName;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ConferenceStageTest {
  private final StreamView a = stream("a", true);
  private final StreamView b = stream("b", true);
  private final StreamView silent = stream("c", false);

  @Test
  void the_first_that_sends_takes_the_stage() {
    assertThat(order(List.of(silent, a, b), Optional.empty(), Optional.empty()))
        .containsExactly("a", "b", "c");
  }

  @Test
  void the_speaker_comes_first() {
    assertThat(order(List.of(a, b), Optional.of("a"), Optional.of("ep-b")))
        .containsExactly("b", "a");
  }

  @Test
  void without_a_speaker_the_stage_stays() {
    assertThat(order(List.of(a, b), Optional.of("b"), Optional.empty())).containsExactly("b", "a");
  }

  @Test
  void a_speaker_that_sends_nothing_is_not_shown() {
    assertThat(order(List.of(a, silent), Optional.of("a"), Optional.of("ep-c")))
        .containsExactly("a", "c");
  }

  @Test
  void who_is_there_and_sends_nothing_is_shown_when_nobody_else_is() {
    assertThat(order(List.of(silent), Optional.empty(), Optional.empty())).containsExactly("c");
    assertThat(order(List.of(), Optional.of("a"), Optional.empty())).isEmpty();
  }

  private static List<String> order(
      List<StreamView> streams, Optional<String> before, Optional<String> speaker) {
    return ConferenceStage.order(streams, before.map(StreamName::new), speaker).stream()
        .map(v -> v.name().value())
        .toList();
  }

  private static StreamView stream(String name, boolean active) {
    return new StreamView(
        new StreamName(name),
        "ep-" + name,
        List.of(),
        List.of(new StreamView.Track(MediaKind.VIDEO, List.of(), active, List.of())));
  }
}
