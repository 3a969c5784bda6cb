package io.github.jvbwhip.whep.events;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The event streams of all who see the same of a room: a pinned stream, or the stage. Confined to
 * its event loop.
 */
final class SeenStreams {
  private final Set<EventSubscription> subscriptions = new LinkedHashSet<>();
  private final Map<EventType, Throttle> throttles = new EnumMap<>(EventType.class);

  /** Of what newcomers have heard something else than all others, who will hear it later. */
  private final Set<EventType> heardBefore = EnumSet.noneOf(EventType.class);

  private Seen seen;
  private Seen told;

  /**
   * @param seen what there is to see at the beginning
   */
  SeenStreams(EventLoop loop, EventSettings settings, Seen seen) {
    this.seen = seen;
    this.told = seen;
    throttles.put(
        EventType.LAYERS,
        new Throttle(loop, settings.layersInterval(), () -> tellAll(EventType.LAYERS)));
    throttles.put(
        EventType.VIEWERCOUNT,
        new Throttle(loop, settings.viewerCountInterval(), () -> tellAll(EventType.VIEWERCOUNT)));
  }

  /** A new stream hears what there is. */
  void add(EventSubscription subscription) {
    subscriptions.add(subscription);
    SeenChange.between(told, seen).forEach(change -> heardBefore.add(change.type()));
    for (SeenChange change : SeenChange.between(Seen.NOTHING, seen)) {
      subscription.tell(new SeenBroadcast(change.type(), seen));
    }
  }

  void remove(EventSubscription subscription) {
    subscriptions.remove(subscription);
  }

  boolean isEmpty() {
    return subscriptions.isEmpty();
  }

  void forEach(Consumer<EventSubscription> action) {
    subscriptions.forEach(action);
  }

  void tell(Broadcast event) {
    forEach(subscription -> subscription.tell(event));
  }

  /** Tells what is different now. */
  void update(Seen now) {
    seen = now;
    for (SeenChange change : SeenChange.between(told, now)) {
      Throttle throttle = throttles.get(change.type());
      if (throttle == null) {
        tellAll(change.type());
      } else if (change.urgent()) {
        throttle.runNow();
      } else {
        throttle.request();
      }
    }
  }

  /** Unless that, when its time has come, is as it was for all. */
  private void tellAll(EventType type) {
    Seen now = told.withTold(type, seen);
    if (heardBefore.remove(type) || !now.equals(told)) {
      told = now;
      SeenBroadcast event = new SeenBroadcast(type, seen);
      subscriptions.forEach(subscription -> subscription.tell(event));
    }
  }
}
