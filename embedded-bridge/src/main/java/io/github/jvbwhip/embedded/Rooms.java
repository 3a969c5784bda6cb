package io.github.jvbwhip.embedded;

import io.github.jvbwhip.core.bridge.RoomName;
import io.github.jvbwhip.embedded.forward.Room;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The rooms of a bridge: one exists while anybody (publisher, player, observer) uses it.
 * Thread-safe; its lock is taken before a room's, never the other way round, and not per packet.
 */
final class Rooms {
  private static final class Entry {
    final Room room;
    int users;

    Entry(Room room) {
      this.room = room;
    }
  }

  private final Function<RoomName, Room> factory;
  private final Map<RoomName, Entry> entries = new HashMap<>();
  private volatile Collection<Room> all = List.of();

  Rooms(Function<RoomName, Room> factory) {
    this.factory = factory;
  }

  /** The room of that name, made if need be; to be {@linkplain #release released} once. */
  synchronized Room acquire(RoomName name) {
    Entry entry = entries.get(name);
    if (entry == null) {
      entry = new Entry(factory.apply(name));
      entries.put(name, entry);
      publish();
    }
    entry.users++;
    return entry.room;
  }

  /** Ends one use of a room. */
  synchronized void release(Room room) {
    Entry entry = entries.get(room.name());
    if (entry == null || entry.room != room) {
      throw new IllegalStateException("released too often: room " + room.name());
    }
    if (--entry.users == 0) {
      entries.remove(room.name());
      publish();
    }
  }

  synchronized Optional<Room> find(RoomName name) {
    return Optional.ofNullable(entries.get(name)).map(entry -> entry.room);
  }

  /** All rooms as of now. */
  Collection<Room> all() {
    return all;
  }

  private void publish() {
    all = entries.values().stream().map(entry -> entry.room).toList();
  }
}
