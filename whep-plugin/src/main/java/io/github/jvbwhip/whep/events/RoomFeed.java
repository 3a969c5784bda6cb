package io.github.jvbwhip.whep.events;

import io.github.jvbwhip.core.bridge.RoomSnapshot;
import io.github.jvbwhip.core.bridge.StreamName;
import io.github.jvbwhip.core.bridge.StreamSnapshot;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Hands a room's snapshots to those who watch it. Confined to its event loop. */
final class RoomFeed {
  private final EventLoop loop;
  private final EventSettings settings;
  private final Map<Optional<StreamName>, SeenStreams> streams = new HashMap<>();

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
    streams
        .computeIfAbsent(
            subscription.player().pinned(),
            pinned -> new SeenStreams(loop, settings, Seen.of(known, pinned)))
        .add(subscription);
    then.run();
  }

  void remove(EventSubscription subscription) {
    waiting.remove(subscription);
    Optional<StreamName> pinned = subscription.player().pinned();
    SeenStreams fellows = streams.get(pinned);
    if (fellows != null) {
      fellows.remove(subscription);
      if (fellows.isEmpty()) {
        streams.remove(pinned);
      }
    }
  }

  /** Whether nobody watches. */
  boolean isEmpty() {
    return waiting.isEmpty() && streams.isEmpty();
  }

  /** The room is like this now. */
  void update(RoomSnapshot now) {
    room = now;
    streams.forEach((pinned, fellows) -> fellows.update(Seen.of(now, pinned)));
    waiting.forEach(this::add);
    waiting.clear();
  }

  /** Tells all of the room. */
  void tell(Broadcast event) {
    forEach(subscription -> subscription.tell(event));
  }

  /** Does it for all of the room. */
  void forEach(Consumer<EventSubscription> action) {
    waiting.keySet().forEach(action);
    streams.values().forEach(fellows -> fellows.forEach(action));
  }

  private Optional<StreamName> watched(Optional<StreamName> pinned) {
    return Optional.ofNullable(room)
        .flatMap(known -> known.watched(pinned))
        .map(StreamSnapshot::name)
        .or(() -> pinned);
  }

  /** Tells those who see that stream now, pinned or on the stage. */
  void tell(StreamName stream, Broadcast event) {
    streams.forEach(
        (pinned, fellows) -> {
          if (watched(pinned).equals(Optional.of(stream))) {
            fellows.tell(event);
          }
        });
  }
}
