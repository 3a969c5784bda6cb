package io.github.jvbwhip.whep.events;

import io.github.jvbwhip.http.sse.SseStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The event streams of one session: "All the event streams associated with a WHEP Resource MUST be
 * destroyed when the WHEP Resource is terminated". Thread-safe.
 */
public final class SessionStreams {
  private final EventDistributor events;
  private final EventRecipient player;
  private final int limit;

  // Guarded by this.
  private final Map<String, SseStream> streams = new HashMap<>();
  private int lastId;
  private boolean ended;

  /**
   * @param limit how many streams the session may have at a time
   */
  public SessionStreams(EventDistributor events, EventRecipient player, int limit) {
    this.events = events;
    this.player = player;
    this.limit = limit;
  }

  /**
   * Creates a stream.
   *
   * @param named false for players that only have {@code onmessage}
   * @return its id, or empty when there are as many as there may be, or the session has ended
   */
  public synchronized Optional<String> open(Set<EventType> types, boolean named) {
    if (ended || streams.size() >= limit) {
      return Optional.empty();
    }
    lastId++;
    String id = Integer.toString(lastId);
    streams.put(id, events.open(player, types, named));
    return Optional.of(id);
  }

  /** Whether the session has ended, so that there will be no more. */
  public synchronized boolean haveEnded() {
    return ended;
  }

  /** The stream of that id, while it exists. */
  public synchronized Optional<SseStream> find(String id) {
    return Optional.ofNullable(streams.get(id));
  }

  /**
   * Destroys a stream and what is queued for it.
   *
   * @return false when there is none of that id
   */
  public boolean delete(String id) {
    SseStream stream;
    synchronized (this) {
      stream = streams.remove(id);
    }
    if (stream != null) {
      events.close(stream, true);
    }
    return stream != null;
  }

  /** Destroys all streams once they have told what is queued. */
  public void end(LastWord lastWord) {
    List<SseStream> all;
    synchronized (this) {
      ended = true;
      all = List.copyOf(streams.values());
      streams.clear();
    }
    for (SseStream stream : all) {
      if (lastWord == LastWord.NOTHING) {
        events.close(stream, false);
      } else {
        events.closeWithReconnect(stream, lastWord == LastWord.LEAVE);
      }
    }
  }
}
