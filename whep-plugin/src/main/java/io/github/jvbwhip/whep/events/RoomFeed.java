package io.github.jvbwhip.whep.events;

import io.github.jvbwhip.core.bridge.RoomSnapshot;
import io.github.jvbwhip.core.bridge.StreamName;
import io.github.jvbwhip.core.bridge.StreamSnapshot;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Hands a room's snapshots to those who watch it. Confined to its event loop. */
final class RoomFeed {
  private final EventLoop loop;
  private final EventSettings settings;
  private final Map<Optional<StreamName>, Audience> audiences = new HashMap<>();

  /** Those who came before the first snapshot, with what follows when they were told. */
  private final Map<EventSubscription, Runnable> waiting = new LinkedHashMap<>();

  private @Nullable RoomSnapshot room;

  RoomFeed(EventLoop loop, EventSettings settings) {
    this.loop = loop;
    this.settings = settings;
  }

  /**
   * Tells the new one what there is, now or when that is known.
   *
   * @param then runs after that
   */
  void add(EventSubscription subscription, Runnable then) {
    RoomSnapshot known = room;
    if (known == null) {
      waiting.put(subscription, then);
      return;
    }
    audiences
        .computeIfAbsent(
            subscription.player().pinned(),
            pinned -> new Audience(loop, settings, Seen.of(known, pinned)))
        .add(subscription);
    then.run();
  }

  void remove(EventSubscription subscription) {
    waiting.remove(subscription);
    Optional<StreamName> pinned = subscription.player().pinned();
    Audience audience = audiences.get(pinned);
    if (audience != null) {
      audience.remove(subscription);
      if (audience.isEmpty()) {
        audiences.remove(pinned);
      }
    }
  }

  /** Whether nobody watches. */
  boolean isEmpty() {
    return waiting.isEmpty() && audiences.isEmpty();
  }

  /** The room is like this now. */
  void update(RoomSnapshot now) {
    room = now;
    audiences.forEach((pinned, audience) -> audience.update(Seen.of(now, pinned)));
    waiting.forEach(this::add);
    waiting.clear();
  }

  /** Tells all of the room. */
  void tell(Broadcast event) {
    waiting.keySet().forEach(subscription -> subscription.tell(event));
    audiences.values().forEach(audience -> audience.tell(event));
  }

  private Optional<StreamName> watched(Optional<StreamName> pinned) {
    return Optional.ofNullable(room)
        .flatMap(known -> known.watched(pinned))
        .map(StreamSnapshot::name)
        .or(() -> pinned);
  }

  /** Tells those who see that stream now, pinned or on the stage. */
  void tell(StreamName stream, Broadcast event) {
    audiences.forEach(
        (pinned, audience) -> {
          if (watched(pinned).equals(Optional.of(stream))) {
            audience.tell(event);
          }
        });
  }
}
