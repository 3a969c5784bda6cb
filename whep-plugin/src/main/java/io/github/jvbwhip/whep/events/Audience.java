package io.github.jvbwhip.whep.events;

import io.github.jvbwhip.core.bridge.LayerInfo;
import io.github.jvbwhip.whep.events.RoomState.Publication;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * The event streams of all who see the same publication: a pinned stream, or the stage. Confined to
 * its event loop.
 */
final class Audience {
  private final List<Subscription> subscriptions = new ArrayList<>();
  private final Throttle layers;
  private Publication seen;
  private List<LayerInfo> toldLayers;

  Audience(EventLoop loop, EventSettings settings, Publication seen) {
    this.seen = seen;
    this.toldLayers = seen.layers();
    this.layers = new Throttle(loop, settings.layersInterval(), this::tellLayers);
  }

  List<Subscription> subscriptions() {
    return subscriptions;
  }

  /** A new stream hears what is; that there is nothing is no news ("MUST NOT send an initial"). */
  void add(Subscription subscription) {
    subscriptions.add(subscription);
    if (seen.active()) {
      subscription.tell(new Broadcast(EventType.ACTIVE, EventData.nothing()));
    }
    if (!seen.layers().isEmpty()) {
      subscription.tellLayers(new LayersBroadcast(seen.layers()));
    }
    subscription.tellUnsupported(seen);
  }

  void tell(Broadcast event) {
    subscriptions.forEach(subscription -> subscription.tell(event));
  }

  /** Tells what is different now. */
  void update(Publication now) {
    Publication before = seen;
    seen = now;
    if (now.active() != before.active()) {
      tell(
          new Broadcast(now.active() ? EventType.ACTIVE : EventType.INACTIVE, EventData.nothing()));
    }
    if (!now.codecs().equals(before.codecs())) {
      subscriptions.forEach(subscription -> subscription.tellUnsupported(now));
    }
    if (!shape(now.layers()).equals(shape(toldLayers))) {
      layers.runNow();
    } else if (!now.layers().equals(toldLayers)) {
      layers.request();
    }
  }

  private void tellLayers() {
    toldLayers = seen.layers();
    LayersBroadcast event = new LayersBroadcast(toldLayers);
    subscriptions.forEach(subscription -> subscription.tellLayers(event));
  }

  /** The layers without their exact bitrates: what a layer menu shows. */
  private static List<LayerInfo> shape(List<LayerInfo> layers) {
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
