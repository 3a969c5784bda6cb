package io.github.jvbwhip.cluster;

import io.github.jvbwhip.core.bridge.RoomName;
import java.time.Duration;

/**
 * The players of a room on a member that has no way to the room's home: after a while they are sent
 * there themselves, if it can be reached at all. Confined to the loop.
 */
final class Strays {
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  private final RoomName room;
  private final TreeParts with;
  private final ClusterMembers members;
  private long since = Long.MAX_VALUE;

  Strays(RoomName room, TreeParts with, ClusterMembers members) {
    this.room = room;
    this.with = with;
    this.members = members;
  }

  /**
   * To be called now and then.
   *
   * @param stranded whether there are players that wait for what is at the home
   */
  void look(boolean stranded) {
    long now = with.loop().nanoTime();
    if (!stranded) {
      since = Long.MAX_VALUE;
    } else if (since == Long.MAX_VALUE) {
      since = now;
    } else if (now - since > PATIENCE.toNanos()) {
      since = now;
      members
          .claimant(room)
          .filter(home -> home.takesSessions() && home.places() > 0)
          .ifPresent(home -> with.reconnects().ask(room, home.name()));
    }
  }
}
