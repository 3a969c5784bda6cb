package io.github.jvbwhip.cluster;

import io.github.jvbwhip.core.bridge.RoomName;
import io.github.jvbwhip.core.collections.BoundedMap;
import java.util.Map;

/**
 * Why the bridge has not linked rooms, as the log has it: who asks for a link does so again and
 * again, also where nothing else is known of the room. Confined to the loop.
 */
final class LinkComplaints {
  private static final int MOST = 1000;

  private final Map<RoomName, String> said = BoundedMap.forgettingTheOldest(MOST);

  /** Whether that was not said last. */
  boolean isNews(RoomName room, String why) {
    return !why.equals(said.put(room, why));
  }

  /** It has linked the room. */
  void forget(RoomName room) {
    said.remove(room);
  }
}
