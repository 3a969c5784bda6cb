package io.github.jvbwhip.whep.events;

import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * The event streams of all who see the same of a room: a pinned stream, or the stage. Confined to
 * its event loop.
 */
final class SeenStreams {
  private final Set<EventSubscription> subscriptions = new LinkedHashSet<>();
  private final Map<EventType, Throttle> throttles = new EnumMap<>(EventType.class);

  /** Those who came while something was not told yet: they know more of it than the others. */
  private final Map<EventType, Set<EventSubscription>> ahead = new EnumMap<>(EventType.class);

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
    for (SeenChange change : SeenChange.between(Seen.NOTHING, seen)) {
      subscription.tell(new SeenBroadcast(change.type(), seen));
    }
    for (SeenChange untold : SeenChange.between(told, seen)) {
      if (throttles.containsKey(untold.type())) {
        ahead.computeIfAbsent(untold.type(), type -> new LinkedHashSet<>()).add(subscription);
      }
    }
  }

  void remove(EventSubscription subscription) {
    subscriptions.remove(subscription);
    ahead.values().forEach(some -> some.remove(subscription));
  }

  boolean isEmpty() {
    return subscriptions.isEmpty();
  }

  void tell(Broadcast event) {
    subscriptions.forEach(subscription -> subscription.tell(event));
  }

  /** Tells what is different now, be it to those who are ahead alone. */
  void update(Seen now) {
    seen = now;
    throttles.forEach(
        (type, throttle) -> {
          if (ahead.containsKey(type)) {
            throttle.request();
          }
        });
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

  /** Unless that, when its time has come, is as it was: then to those who have heard otherwise. */
  private void tellAll(EventType type) {
    Seen now = told.withTold(type, seen);
    Set<EventSubscription> differing = ahead.getOrDefault(type, Set.of());
    Set<EventSubscription> hearers = now.equals(told) ? differing : subscriptions;
    told = now;
    ahead.remove(type);
    SeenBroadcast event = new SeenBroadcast(type, seen);
    hearers.forEach(subscription -> subscription.tell(event));
  }
}
