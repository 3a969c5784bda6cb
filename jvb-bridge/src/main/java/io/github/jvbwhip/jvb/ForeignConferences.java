package io.github.jvbwhip.jvb;

import io.github.jvbwhip.core.bridge.RoomName;
import io.github.jvbwhip.jvb.host.Host;
import io.github.jvbwhip.jvb.host.HostConference;
import io.github.jvbwhip.jvb.host.Meetings;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * The conferences that others have created, as far as rooms can be in them: meetings, each by its
 * whole name, where those are watched; else whatever the host opens. All rooms together look
 * through their names once a second, at the most. Thread-safe; its lock is a leaf.
 */
final class ForeignConferences {
  private static final long FRESH_NANOS = 1_000_000_000L;

  private final Host host;
  private final Optional<Meetings> watched;
  private final LongSupplier nanoTime;
  private Set<String> names = Set.of();
  private boolean ever;
  private long since;

  /**
   * @param watched whose meetings are open to players
   */
  ForeignConferences(Host host, Optional<Meetings> watched, LongSupplier nanoTime) {
    this.host = host;
    this.watched = watched;
    this.nanoTime = nanoTime;
  }

  /** Whether players get into any. */
  boolean areOpen() {
    return watched.isPresent() || host.opensForeign();
  }

  /** The one of that room. Looks at all conferences. */
  Optional<HostConference> find(RoomName room) {
    return watched.isPresent()
        ? watched.get().conferenceName(room).flatMap(host::findMeeting)
        : host.findForeign(room);
  }

  /** Whether others had one for that room a second ago, at the most. */
  boolean has(RoomName room) {
    Set<String> now = names();
    return watched.isPresent()
        ? watched.get().conferenceName(room).filter(now::contains).isPresent()
        : now.contains(room.value()) || now.contains(room.value().toLowerCase(Locale.ROOT));
  }

  private synchronized Set<String> names() {
    long now = nanoTime.getAsLong();
    if (!ever || now - since >= FRESH_NANOS) {
      ever = true;
      since = now;
      names = watched.isPresent() ? host.meetingNames() : host.foreignNames();
    }
    return names;
  }
}
