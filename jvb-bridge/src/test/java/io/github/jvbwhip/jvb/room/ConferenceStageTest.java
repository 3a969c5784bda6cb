package io.github.jvbwhip.jvb.room;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.core.bridge.MediaKind;
import io.github.jvbwhip.core.bridge.StreamName;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ConferenceStageTest {
  private final StreamView a = stream("a", true);
  private final StreamView b = stream("b", true);
  private final StreamView silent = stream("c", false);

  @Test
  void the_first_that_sends_takes_the_stage() {
    assertThat(order(List.of(silent, a, b), null, List.of())).containsExactly("a", "b", "c");
  }

  @Test
  void the_speaker_comes_first() {
    assertThat(order(List.of(a, b), "a", List.of("ep-b"))).containsExactly("b", "a");
  }

  @Test
  void who_spoke_before_is_not_on_the_stage() {
    assertThat(order(List.of(a, b), "a", List.of("ep-x", "ep-b"))).containsExactly("a", "b");
  }

  @Test
  void without_a_speaker_the_stage_stays() {
    assertThat(order(List.of(a, b), "b", List.of())).containsExactly("b", "a");
  }

  @Test
  void a_speaker_that_sends_nothing_is_not_shown() {
    assertThat(order(List.of(a, silent), "a", List.of("ep-c"))).containsExactly("a", "c");
  }

  @Test
  void who_is_there_and_sends_nothing_is_shown_when_nobody_else_is() {
    assertThat(order(List.of(silent), null, List.of())).containsExactly("c");
    assertThat(order(List.of(), "a", List.of())).isEmpty();
  }

  @Test
  void who_shares_a_screen_is_seen_and_the_speaker_is_heard() {
    StreamView one = heard("one", true);
    StreamView two = heard("two", true);
    StreamView three = heard("three", true);
    ConferenceStage.Order order =
        ConferenceStage.order(
            List.of(one, two, three),
            Optional.of(one.name()),
            List.of("ep-two", "ep-three"),
            Optional.of(three));
    assertThat(names(order.video())).containsExactly("three", "one", "two");
    assertThat(names(order.audio())).containsExactly("two", "three", "one");
  }

  @Test
  void who_speaks_without_a_picture_is_heard_and_who_was_seen_goes_on() {
    StreamView one = heard("one", true);
    StreamView two = heard("two", true);
    StreamView voice = voice("voice");
    List<String> speakers = List.of("ep-voice", "ep-two", "ep-one");
    ConferenceStage.Order order =
        ConferenceStage.order(
            List.of(voice, one, two), Optional.of(one.name()), speakers, Optional.empty());
    assertThat(names(order.video())).containsExactly("one", "two", "voice");
    assertThat(names(order.audio())).containsExactly("voice", "two", "one");
    assertThat(order(List.of(voice, one, two), "gone", speakers))
        .as("the last who spoke of those who are seen")
        .startsWith("two");
    assertThat(order(List.of(a, voice), "voice", List.of("ep-voice"))).startsWith("a");
    assertThat(order(List.of(silent, voice), "c", List.of("ep-voice"))).startsWith("voice");
  }

  @Test
  void those_whose_sound_comes_in_are_heard_before_those_who_are_muted() {
    StreamView muted = heard("muted", false);
    StreamView one = heard("one", true);
    StreamView two = heard("two", true);
    ConferenceStage.Order order =
        ConferenceStage.order(
            List.of(muted, one, two),
            Optional.empty(),
            List.of("ep-muted", "ep-two"),
            Optional.empty());
    assertThat(names(order.audio())).containsExactly("two", "one", "muted");
  }

  private static List<String> order(
      List<StreamView> streams, @Nullable String before, List<String> speakers) {
    return names(
        ConferenceStage.order(
                streams,
                Optional.ofNullable(before).map(StreamName::new),
                speakers,
                Optional.empty())
            .video());
  }

  private static List<String> names(List<StreamView> streams) {
    return streams.stream().map(v -> v.name().value()).toList();
  }

  private static StreamView stream(String name, boolean active) {
    return new StreamView(
        new StreamName(name),
        "ep-" + name,
        List.of(),
        List.of(new StreamView.Track(MediaKind.VIDEO, List.of(), active, List.of())));
  }

  private static StreamView voice(String name) {
    return new StreamView(
        new StreamName(name),
        "ep-" + name,
        List.of(),
        List.of(
            new StreamView.Track(MediaKind.VIDEO, List.of(), false, List.of()),
            new StreamView.Track(MediaKind.AUDIO, List.of(), true, List.of())));
  }

  private static StreamView heard(String name, boolean active) {
    return new StreamView(
        new StreamName(name),
        "ep-" + name,
        List.of(),
        List.of(
            new StreamView.Track(MediaKind.VIDEO, List.of(), true, List.of()),
            new StreamView.Track(MediaKind.AUDIO, List.of(), active, List.of())));
  }
}
