package io.github.jvbwhip.core.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PinsTest {
  private static final StreamSnapshot CAMERA = stream("camera", null, true);
  private static final StreamSnapshot ALICE = stream("11111111", "Alice Smith", true);
  private static final StreamSnapshot BOB = stream("22222222", "Camera", true);
  private static final List<StreamSnapshot> ROOM = List.of(BOB, ALICE, CAMERA);

  @ParameterizedTest
  @CsvSource({
    "Alice Smith, alice-smith",
    "ALICE, alice",
    "'  Dr. Alice (HR) ', dr-alice-hr",
    "Jörg O'Neill, jorg-o-neill",
    "Weiß Øre Łódź, weiss-ore-lodz",
    "Björn 2, bjorn-2",
    "Вера, ''",
    "Вера (QA), qa",
    "'👍', ''"
  })
  void a_display_name_has_one_form_in_urls(String displayName, String inUrl) {
    assertThat(Pins.inUrl(displayName)).isEqualTo(inUrl);
  }

  @Test
  void a_streams_own_name_comes_first() {
    assertThat(find("camera")).contains(CAMERA);
    assertThat(find("22222222")).contains(BOB);
  }

  @Test
  void people_are_found_by_their_names_in_any_spelling() {
    assertThat(find("alice-smith")).contains(ALICE);
    assertThat(find("Alice.Smith")).contains(ALICE);
    assertThat(find("alice")).isEmpty();
  }

  @Test
  void a_source_is_shown_alone_and_with_the_sound_of_its_sender() {
    StreamSnapshot screen = find("11111111-v1").orElseThrow();
    assertThat(screen.name()).isEqualTo(ALICE.name());
    assertThat(screen.tracks())
        .extracting(track -> track.source().orElseThrow())
        .containsExactly("11111111-a0", "11111111-v1");
    assertThat(find("11111111-v2")).isEmpty();
    assertThat(find("11111111-a0")).isEmpty();
  }

  @Test
  void of_those_who_are_called_alike_one_who_sends_is_found_whatever_the_order() {
    StreamSnapshot gone = stream("00000000", "Alice", false);
    StreamSnapshot here = stream("33333333", "alice", true);
    StreamSnapshot also = stream("44444444", "Alice", true);
    StreamName alice = new StreamName("alice");
    assertThat(Pins.find(List.of(gone, here, also), alice)).contains(here);
    assertThat(Pins.find(List.of(also, here, gone), alice)).contains(here);
    assertThat(Pins.find(List.of(gone), alice)).contains(gone);
  }

  @Test
  void a_name_of_which_nothing_is_left_finds_nobody() {
    StreamSnapshot other = stream("55555555", "Вера", true);
    assertThat(Pins.find(List.of(other), new StreamName("~"))).isEmpty();
  }

  private static Optional<StreamSnapshot> find(String name) {
    return Pins.find(ROOM, new StreamName(name));
  }

  private static StreamSnapshot stream(String name, @Nullable String displayName, boolean active) {
    return new StreamSnapshot(
        new StreamName(name),
        Optional.ofNullable(displayName),
        List.of(
            track(MediaKind.AUDIO, name + "-a0", active),
            track(MediaKind.VIDEO, name + "-v0", active),
            track(MediaKind.VIDEO, name + "-v1", active)));
  }

  private static TrackSnapshot track(MediaKind kind, String source, boolean active) {
    return new TrackSnapshot(kind, Optional.of(source), List.of(), active, List.of());
  }
}
