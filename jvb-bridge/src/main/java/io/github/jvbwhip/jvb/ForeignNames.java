package io.github.jvbwhip.jvb;

import io.github.jvbwhip.core.bridge.RoomName;
import io.github.jvbwhip.jvb.host.Host;
import java.util.Locale;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * What others have named their conferences: all rooms together look through these once a second, at
 * the most. Thread-safe; its lock is a leaf.
 */
final class ForeignNames {
  private static final long FRESH_NANOS = 1_000_000_000L;

  private final Host host;
  private final LongSupplier nanoTime;
  private Set<String> names = Set.of();
  private boolean ever;
  private long since;

  ForeignNames(Host host, LongSupplier nanoTime) {
    this.host = host;
    this.nanoTime = nanoTime;
  }

  /** Whether others had a conference for that room a second ago, at the most. */
  boolean has(RoomName room) {
    Set<String> now = names();
    return now.contains(room.value()) || now.contains(room.value().toLowerCase(Locale.ROOT));
  }

  private synchronized Set<String> names() {
    long now = nanoTime.getAsLong();
    if (!ever || now - since >= FRESH_NANOS) {
      ever = true;
      since = now;
      names = host.foreignNames();
    }
    return names;
  }
}
