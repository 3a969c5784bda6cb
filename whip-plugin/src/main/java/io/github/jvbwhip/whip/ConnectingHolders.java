package io.github.jvbwhip.whip;

import io.github.jvbwhip.core.bridge.ClientNetwork;
import io.github.jvbwhip.core.bridge.RoomName;
import io.github.jvbwhip.core.bridge.StreamName;
import io.github.jvbwhip.core.bridge.StreamPlace;
import io.github.jvbwhip.core.collections.BoundedMap;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/**
 * For whom others were refused a stream while it connected, and since when: who only ever connects
 * cannot keep it by asking anew. Thread-safe.
 */
final class ConnectingHolders {
  private static final int MOST = 1000;

  /** Whoever comes for the stream less often than that may be refused again. */
  private static final Duration KEPT = Duration.ofMinutes(2);

  private record Refusal(ClientNetwork holder, Instant first) {}

  private final Map<StreamPlace, Refusal> refusals = BoundedMap.forgettingTheOldest(MOST);

  /** Since when others are refused that stream for somebody from there, who connects. */
  synchronized Instant refusedSince(
      RoomName room, StreamName stream, ClientNetwork holder, Instant now) {
    StreamPlace place = new StreamPlace(room, stream);
    Refusal before = refusals.get(place);
    if (before != null
        && before.holder().equals(holder)
        && now.isBefore(before.first().plus(KEPT))) {
      return before.first();
    }
    refusals.remove(place); // The newest is last.
    refusals.put(place, new Refusal(holder, now));
    return now;
  }

  /** Its publisher is connected. */
  synchronized void connected(RoomName room, StreamName stream) {
    refusals.remove(new StreamPlace(room, stream));
  }
}
