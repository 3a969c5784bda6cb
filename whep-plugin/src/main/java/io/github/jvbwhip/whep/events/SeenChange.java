package io.github.jvbwhip.whep.events;

import io.github.jvbwhip.core.bridge.LayerInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * Something that a player is to be told: the one place where a change of a room becomes events.
 *
 * @param urgent whether it is told at once, however much was told before
 */
record SeenChange(EventType type, boolean urgent) {

  /**
   * What is to be told of the change from one look to the next, in the order in which it is told. A
   * newcomer has seen {@link Seen#NOTHING}: that there is no publication is no news to it ("MUST
   * NOT send an initial" inactive event).
   */
  static List<SeenChange> between(Seen before, Seen now) {
    List<SeenChange> changes = new ArrayList<>();
    if (now.active() != before.active()) {
      changes.add(new SeenChange(now.active() ? EventType.ACTIVE : EventType.INACTIVE, true));
    }
    if (!now.layers().equals(before.layers())) {
      boolean urgent = !shape(now.layers()).equals(shape(before.layers()));
      changes.add(new SeenChange(EventType.LAYERS, urgent));
    }
    if (!now.tracks().equals(before.tracks())) {
      changes.add(new SeenChange(EventType.UNSUPPORTED, true));
    }
    if (!now.stage().equals(before.stage()) || !now.speaker().equals(before.speaker())) {
      changes.add(new SeenChange(EventType.SPEAKER, true));
    }
    if (now.viewers() != before.viewers()) {
      changes.add(new SeenChange(EventType.VIEWERCOUNT, false));
    }
    return changes;
  }

  /** The layers without their exact bitrates: what a layer menu shows. */
  private static List<List<LayerInfo>> shape(List<List<LayerInfo>> tracks) {
    return tracks.stream().map(SeenChange::shapeOfTrack).toList();
  }

  private static List<LayerInfo> shapeOfTrack(List<LayerInfo> layers) {
    return layers.stream()
        .map(
            layer ->
                new LayerInfo(
                    layer.rid(),
                    layer.spatialLayerId(),
                    layer.temporalLayerId(),
                    Math.min(layer.bitrate(), 1),
                    OptionalLong.empty(),
                    layer.width(),
                    layer.height()))
        .toList();
  }
}
