package io.github.jvbwhip.jvb;

import io.github.jvbwhip.core.bridge.LayerInfo;
import io.github.jvbwhip.core.bridge.ObservedRoom;
import io.github.jvbwhip.core.bridge.StreamName;
import io.github.jvbwhip.core.bridge.StreamSnapshot;
import io.github.jvbwhip.core.stage.LayerInfos;
import io.github.jvbwhip.jvb.room.StreamView;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Tells what a room is like. Used by the room's decisions only; {@link #stage}: by any thread. */
final class RoomMonitor {
  private final ObservedRoom observed;
  private final Map<StreamName, List<LayerInfo>> layers = new HashMap<>();
  private volatile Optional<StreamName> stage = Optional.empty();

  RoomMonitor(ObservedRoom observed) {
    this.observed = observed;
  }

  /** The stream on the stage. */
  Optional<StreamName> stage() {
    return stage;
  }

  /**
   * Takes over what the room is like now.
   *
   * @param order the streams, the first one on the stage
   * @param measured whether bitrates and sizes were measured: layers are told then, about once a
   *     second, where they differ
   */
  void update(List<StreamView> now, List<StreamView> order, int viewers, boolean measured) {
    stage = order.stream().findFirst().filter(v -> !v.active().isEmpty()).map(StreamView::name);
    layers.keySet().retainAll(now.stream().map(StreamView::name).toList());
    if (measured) {
      now.forEach(
          view ->
              layers.merge(
                  view.name(),
                  RoomViews.layers(view),
                  (told, next) -> LayerInfos.differ(told, next) ? next : told));
    }
    List<StreamSnapshot> streams =
        now.stream()
            .map(
                view ->
                    new StreamSnapshot(
                        view.name(),
                        view.codecs(),
                        view.active(),
                        layers.getOrDefault(view.name(), List.of())))
            .toList();
    observed.update(streams, stage, viewers);
  }
}
