package io.github.jvbwhip.jvb;

import io.github.jvbwhip.core.bridge.LayerInfo;
import io.github.jvbwhip.core.bridge.MediaKind;
import io.github.jvbwhip.core.bridge.RoomEvent;
import io.github.jvbwhip.core.bridge.StreamName;
import io.github.jvbwhip.jvb.room.StreamView;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Notices what changes in a room, and tells it. Used on the control thread; {@link #stage}: any.
 */
final class RoomMonitor {
  private final RoomObservers observers;
  private final Map<StreamName, Set<MediaKind>> active = new HashMap<>();
  private final Map<StreamName, List<LayerInfo>> layers = new HashMap<>();
  private List<StreamView> views = List.of();
  private volatile Optional<StreamName> stage = Optional.empty();
  private int viewers;

  RoomMonitor(RoomObservers observers) {
    this.observers = observers;
  }

  /** The stream on the stage. */
  Optional<StreamName> stage() {
    return stage;
  }

  /** What is there, as events for a new observer. */
  List<RoomEvent> state(List<StreamView> now) {
    List<RoomEvent> events = new ArrayList<>();
    for (StreamView view : now) {
      events.add(new RoomEvent.PublisherCame(view.name(), view.codecs()));
      view.active().forEach(k -> events.add(new RoomEvent.MediaStarted(view.name(), k)));
      List<LayerInfo> known = layers.get(view.name());
      if (known != null && !known.isEmpty()) {
        events.add(new RoomEvent.LayersChanged(view.name(), known));
      }
    }
    if (stage.isPresent()) {
      events.add(new RoomEvent.StageChanged(stage));
    }
    if (viewers > 0) {
      events.add(new RoomEvent.ViewersChanged(viewers));
    }
    return events;
  }

  /** Compares with what was. */
  void update(List<StreamView> now, List<StreamView> order, int connectedPlayers) {
    views = now;
    for (StreamView view : now) {
      Set<MediaKind> before = active.getOrDefault(view.name(), Set.of());
      Set<MediaKind> after = view.active();
      for (MediaKind kind : EnumSet.allOf(MediaKind.class)) {
        if (after.contains(kind) && !before.contains(kind)) {
          observers.tell(new RoomEvent.MediaStarted(view.name(), kind));
        } else if (before.contains(kind) && !after.contains(kind)) {
          observers.tell(new RoomEvent.MediaStopped(view.name(), kind));
        }
      }
      active.put(view.name(), after);
    }
    List<StreamName> names = now.stream().map(StreamView::name).toList();
    active.keySet().retainAll(names);
    layers.keySet().retainAll(names);
    Optional<StreamName> first =
        order.stream().findFirst().filter(v -> !v.active().isEmpty()).map(StreamView::name);
    if (!first.equals(stage)) {
      stage = first;
      observers.tell(new RoomEvent.StageChanged(first));
    }
    if (connectedPlayers != viewers) {
      viewers = connectedPlayers;
      observers.tell(new RoomEvent.ViewersChanged(viewers));
    }
  }

  /** Tells the layers of those whose layers changed; about once a second. */
  void tellLayers() {
    for (StreamView view : views) {
      List<LayerInfo> now = RoomViews.layers(view);
      if (!now.equals(layers.put(view.name(), now)) && !now.isEmpty()) {
        observers.tell(new RoomEvent.LayersChanged(view.name(), now));
      }
    }
  }
}
