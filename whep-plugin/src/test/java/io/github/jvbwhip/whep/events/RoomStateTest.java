package io.github.jvbwhip.whep.events;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.core.bridge.Codec;
import io.github.jvbwhip.core.bridge.LayerInfo;
import io.github.jvbwhip.core.bridge.MediaKind;
import io.github.jvbwhip.core.bridge.RoomEvent;
import io.github.jvbwhip.core.bridge.StreamName;
import io.github.jvbwhip.whep.events.RoomState.Publication;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** WHEP events document: what "an active publication" comes to. */
class RoomStateTest {
  private static final StreamName CAMERA = new StreamName("camera");
  private static final StreamName SCREEN = new StreamName("screen");
  private static final Codec VP8 = new Codec(MediaKind.VIDEO, "VP8", 90000, 1, Map.of());
  private static final LayerInfo LAYER =
      new LayerInfo(
          Optional.of("h"),
          OptionalInt.empty(),
          OptionalInt.empty(),
          1000,
          OptionalLong.empty(),
          OptionalInt.of(640),
          OptionalInt.of(360));

  private RoomState state = RoomState.EMPTY;

  @Test
  void a_publisher_without_media_is_not_active() {
    happen(came(CAMERA));
    assertThat(seen(CAMERA)).isEqualTo(new Publication(false, List.of(VP8), List.of()));
  }

  @Test
  void any_kind_of_media_makes_it_active_until_the_last_one_stops() {
    happen(came(CAMERA), started(MediaKind.AUDIO), started(MediaKind.VIDEO));
    assertThat(seen(CAMERA).active()).isTrue();
    happen(new RoomEvent.MediaStopped(CAMERA, MediaKind.VIDEO));
    assertThat(seen(CAMERA).active()).isTrue();
    happen(new RoomEvent.MediaStopped(CAMERA, MediaKind.AUDIO));
    assertThat(seen(CAMERA).active()).isFalse();
  }

  @Test
  void a_publisher_that_comes_back_starts_anew() {
    happen(came(CAMERA), started(MediaKind.VIDEO), layers(), came(CAMERA));
    assertThat(seen(CAMERA)).isEqualTo(new Publication(false, List.of(VP8), List.of()));
  }

  @Test
  void a_publisher_that_went_leaves_nothing() {
    happen(came(CAMERA), started(MediaKind.VIDEO), layers());
    assertThat(seen(CAMERA).layers()).containsExactly(LAYER);
    happen(new RoomEvent.PublisherWent(CAMERA));
    assertThat(seen(CAMERA)).isEqualTo(Publication.NONE);
  }

  @Test
  void the_stage_is_whoever_is_on_it() {
    happen(came(CAMERA), started(MediaKind.VIDEO), came(SCREEN));
    assertThat(state.seenBy(Optional.empty())).isEqualTo(Publication.NONE);
    happen(new RoomEvent.StageChanged(Optional.of(CAMERA)));
    assertThat(state.seenBy(Optional.empty()).active()).isTrue();
    happen(new RoomEvent.StageChanged(Optional.of(SCREEN)));
    assertThat(state.seenBy(Optional.empty()).active()).isFalse();
    assertThat(seen(CAMERA).active()).isTrue();
  }

  @Test
  void viewers_are_counted_and_other_events_change_nothing() {
    happen(new RoomEvent.ViewersChanged(7));
    assertThat(state.viewers()).isEqualTo(7);
    RoomState before = state;
    happen(new RoomEvent.ReconnectAsked(Optional.empty()));
    assertThat(state).isEqualTo(before);
  }

  private void happen(RoomEvent... events) {
    for (RoomEvent event : events) {
      state = state.after(event);
    }
  }

  private Publication seen(StreamName stream) {
    return state.seenBy(Optional.of(stream));
  }

  private static RoomEvent came(StreamName stream) {
    return new RoomEvent.PublisherCame(stream, List.of(VP8));
  }

  private static RoomEvent started(MediaKind kind) {
    return new RoomEvent.MediaStarted(CAMERA, kind);
  }

  private static RoomEvent layers() {
    return new RoomEvent.LayersChanged(CAMERA, List.of(LAYER));
  }
}
