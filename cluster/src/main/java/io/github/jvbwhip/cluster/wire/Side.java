package io.github.jvbwhip.cluster.wire;

import io.github.jvbwhip.core.relay.RoomSide;
import java.util.List;

/**
 * What is on one side of a link.
 *
 * @param version grows with each change
 * @param path the members from this one to the room's home, both included; empty from the lower
 *     side, and where there is no way
 * @param bridges how many there are on this side, as far as the lower side's are told
 */
public record Side(long version, RoomSide room, List<String> path, int bridges) {
  public Side {
    path = List.copyOf(path);
  }
}
