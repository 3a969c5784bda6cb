package io.github.jvbwhip.embedded.transport;

import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * The addresses that one transport is reached from: those that have passed a check. Bounded: the
 * one that was not checked for longest gives way. Thread-safe.
 */
final class CheckedPaths {
  private static final int MAX_ROUTES = 32;

  private final PacketReceiver receiver;
  private final Set<MediaPath> paths = new LinkedHashSet<>();
  private boolean closed;

  CheckedPaths(PacketReceiver receiver) {
    this.receiver = receiver;
  }

  /** An authentic check came over that path. */
  synchronized void add(MediaPath path) {
    if (closed || !path.socket().claim(path.remote(), receiver)) {
      return;
    }
    // Moves a known path to the young end.
    paths.remove(path);
    paths.add(path);
    if (paths.size() > MAX_ROUTES) {
      Iterator<MediaPath> iterator = paths.iterator();
      MediaPath oldest = iterator.next();
      iterator.remove();
      oldest.socket().release(oldest.remote(), receiver);
    }
  }

  /** Gives all of them up. */
  synchronized void close() {
    closed = true;
    paths.forEach(path -> path.socket().release(path.remote(), receiver));
    paths.clear();
  }
}
