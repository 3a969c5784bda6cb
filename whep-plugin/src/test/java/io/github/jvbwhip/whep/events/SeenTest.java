package io.github.jvbwhip.whep.events;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.core.bridge.Codec;
import io.github.jvbwhip.core.bridge.LayerInfo;
import io.github.jvbwhip.core.bridge.MediaKind;
import io.github.jvbwhip.core.bridge.RoomName;
import io.github.jvbwhip.core.bridge.RoomSnapshot;
import io.github.jvbwhip.core.bridge.StreamName;
import io.github.jvbwhip.core.bridge.StreamSnapshot;
import io.github.jvbwhip.core.bridge.TrackSnapshot;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** WHEP events document: what "an active publication" comes to, and what is told of its changes. */
class SeenTest {
  private static final StreamName CAMERA = new StreamName("camera");
  private static final StreamName SCREEN = new StreamName("screen");
  private static final Codec VP8 = new Codec(MediaKind.VIDEO, "VP8", 90000, 1, Map.of());
  private static final Codec OPUS = new Codec(MediaKind.AUDIO, "opus", 48000, 2, Map.of());
  private static final Codec PCMU = new Codec(MediaKind.AUDIO, "PCMU", 8000, 1, Map.of());
  private static final LayerInfo LAYER = layer(1000, 640);

  @Test
  void a_publisher_without_media_is_not_active() {
    Seen seen = Seen.of(room(Optional.empty(), stream(CAMERA, Set.of())), Optional.of(CAMERA));

    assertThat(seen.active()).isFalse();
    assertThat(seen.tracks()).containsExactly(new Seen.Track(MediaKind.VIDEO, List.of(VP8)));
  }

  @Test
  void any_kind_of_media_makes_it_active() {
    Seen seen =
        Seen.of(
            room(Optional.empty(), stream(CAMERA, Set.of(MediaKind.AUDIO))), Optional.of(CAMERA));

    assertThat(seen.active()).isTrue();
  }

  @Test
  void the_stage_is_whoever_is_on_it() {
    StreamSnapshot camera = stream(CAMERA, Set.of(MediaKind.VIDEO), LAYER);
    StreamSnapshot screen = stream(SCREEN, Set.of());

    Seen nobody = Seen.of(room(Optional.empty(), camera, screen), Optional.empty());
    Seen first = Seen.of(room(Optional.of(CAMERA), camera, screen), Optional.empty());
    Seen second = Seen.of(room(Optional.of(SCREEN), camera, screen), Optional.empty());
    Seen pinned = Seen.of(room(Optional.of(SCREEN), camera, screen), Optional.of(CAMERA));

    assertThat(nobody.active()).isFalse();
    assertThat(first.active()).isTrue();
    assertThat(first.layers()).containsExactly(List.of(LAYER));
    assertThat(second.active()).isFalse();
    assertThat(pinned.active()).isTrue();
  }

  /** Who speaks without a picture leaves that of somebody else on the stage. */
  @Test
  void the_sound_of_the_stage_is_that_of_who_is_heard() {
    StreamSnapshot camera = both(CAMERA, PCMU);
    StreamSnapshot screen = both(SCREEN, OPUS);
    RoomSnapshot room =
        new RoomSnapshot(
            new RoomName("room"),
            1,
            List.of(camera, screen),
            Optional.of(CAMERA),
            Optional.of(SCREEN),
            0);

    assertThat(Seen.of(room, Optional.empty()).tracks())
        .containsExactlyInAnyOrder(
            new Seen.Track(MediaKind.AUDIO, List.of(OPUS)),
            new Seen.Track(MediaKind.VIDEO, List.of(VP8)));
    assertThat(Seen.of(room, Optional.of(CAMERA)).tracks())
        .contains(new Seen.Track(MediaKind.AUDIO, List.of(PCMU)));
  }

  private static StreamSnapshot both(StreamName name, Codec sound) {
    return new StreamSnapshot(
        name,
        List.of(
            new TrackSnapshot(MediaKind.VIDEO, List.of(VP8), true, List.of()),
            new TrackSnapshot(MediaKind.AUDIO, List.of(sound), true, List.of())));
  }

  @Test
  void a_stream_that_is_not_there_is_nothing_but_the_rooms_numbers() {
    Seen seen = Seen.of(room(Optional.empty()), Optional.of(CAMERA));

    assertThat(seen)
        .isEqualTo(new Seen(false, List.of(), List.of(), Optional.empty(), Optional.empty(), 3));
  }

  @Test
  void who_is_renamed_on_the_stage_is_told_again() {
    Seen before = Seen.of(room(Optional.of(CAMERA), named("Alice")), Optional.empty());
    Seen now = Seen.of(room(Optional.of(CAMERA), named("Alice Smith")), Optional.empty());

    assertThat(SeenChange.between(before, now))
        .extracting(SeenChange::type)
        .containsExactly(EventType.SPEAKER);
    assertThat(now.speaker()).contains("Alice Smith");
  }

  @Test
  void who_is_pinned_by_the_name_that_people_know_is_seen_so_long_as_it_is_called_so() {
    Optional<StreamName> pinned = Optional.of(new StreamName("alice"));

    assertThat(Seen.of(room(Optional.empty(), named("Alice")), pinned).active()).isTrue();
    assertThat(Seen.of(room(Optional.empty(), named("Bob")), pinned).active()).isFalse();
  }

  private static StreamSnapshot named(String displayName) {
    return new StreamSnapshot(
        CAMERA, Optional.of(displayName), stream(CAMERA, Set.of(MediaKind.VIDEO), LAYER).tracks());
  }

  @Test
  void a_newcomer_hears_all_that_is_there() {
    Seen seen =
        Seen.of(
            room(Optional.of(CAMERA), stream(CAMERA, Set.of(MediaKind.VIDEO), LAYER)),
            Optional.empty());

    assertThat(SeenChange.between(Seen.NOTHING, seen))
        .extracting(SeenChange::type)
        .containsExactly(
            EventType.ACTIVE,
            EventType.LAYERS,
            EventType.UNSUPPORTED,
            EventType.SPEAKER,
            EventType.VIEWERCOUNT);
  }

  @Test
  void a_newcomer_does_not_hear_that_there_is_no_publication() {
    Seen seen = Seen.of(room(Optional.empty()), Optional.empty());

    assertThat(SeenChange.between(Seen.NOTHING, seen))
        .extracting(SeenChange::type)
        .containsExactly(EventType.VIEWERCOUNT);
  }

  @Test
  void a_publication_that_ends_is_told() {
    Seen before =
        Seen.of(
            room(Optional.of(CAMERA), stream(CAMERA, Set.of(MediaKind.VIDEO), LAYER)),
            Optional.empty());
    Seen now = Seen.of(room(Optional.empty()), Optional.empty());

    assertThat(SeenChange.between(before, now))
        .containsExactly(
            new SeenChange(EventType.INACTIVE, true),
            new SeenChange(EventType.LAYERS, true),
            new SeenChange(EventType.UNSUPPORTED, true),
            new SeenChange(EventType.SPEAKER, true));
  }

  @Test
  void another_bitrate_is_less_urgent_than_another_size_or_a_layer_that_stops() {
    assertThat(urgency(layer(2000, 640))).containsExactly(false);
    assertThat(urgency(layer(1000, 1280))).containsExactly(true);
    assertThat(urgency(layer(0, 640))).containsExactly(true);
  }

  @Test
  void what_was_told_is_news_no_more() {
    Seen now =
        Seen.of(
            room(Optional.of(CAMERA), stream(CAMERA, Set.of(MediaKind.VIDEO), LAYER)),
            Optional.empty());
    Seen told = Seen.NOTHING;
    for (SeenChange change : SeenChange.between(Seen.NOTHING, now)) {
      told = told.withTold(change.type(), now);
    }

    assertThat(told).isEqualTo(now);
  }

  private static List<Boolean> urgency(LayerInfo next) {
    return SeenChange.between(seenLayer(LAYER), seenLayer(next)).stream()
        .map(SeenChange::urgent)
        .toList();
  }

  private static Seen seenLayer(LayerInfo layer) {
    return Seen.of(room(Optional.empty(), stream(CAMERA, Set.of(), layer)), Optional.of(CAMERA));
  }

  private static RoomSnapshot room(Optional<StreamName> stage, StreamSnapshot... streams) {
    return new RoomSnapshot(new RoomName("room"), 1, List.of(streams), stage, stage, 3);
  }

  private static StreamSnapshot stream(
      StreamName name, Set<MediaKind> active, LayerInfo... layers) {
    TrackSnapshot video =
        new TrackSnapshot(MediaKind.VIDEO, List.of(VP8), !active.isEmpty(), List.of(layers));
    return new StreamSnapshot(name, List.of(video));
  }

  private static LayerInfo layer(long bitrate, int width) {
    return new LayerInfo(
        Optional.of("h"),
        OptionalInt.empty(),
        OptionalInt.empty(),
        bitrate,
        OptionalLong.empty(),
        OptionalInt.of(width),
        OptionalInt.of(360));
  }
}
