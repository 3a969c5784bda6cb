package io.github.jvbwhip.whep.events;

import io.github.jvbwhip.core.bridge.LayerInfo;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One {@code layers} event for many streams, whose m-lines may differ. Not thread-safe. */
final class LayersBroadcast {
  private final List<LayerInfo> layers;
  private final Map<Integer, Broadcast> byIndex = new HashMap<>();

  LayersBroadcast(List<LayerInfo> layers) {
    this.layers = layers;
  }

  Broadcast of(int videoIndex) {
    return byIndex.computeIfAbsent(
        videoIndex, index -> new Broadcast(EventType.LAYERS, EventData.layers(index, layers)));
  }
}
