package io.github.jvbwhip.core.bridge;

import java.util.List;
import java.util.Optional;

/**
 * Somebody is about to publish or to watch.
 *
 * @param stream empty for the stage
 * @param via the edges that ask for themselves or for others, the first one first: their ids, which
 *     requests and responses carry in {@code Via} (RFC 9110 §7.6.3); mostly none
 * @param sent whether another server has sent it here, so that it is not to be sent on
 */
public record Visit(
    RoomName room,
    Optional<StreamName> stream,
    Bridge.Approach approach,
    List<String> via,
    boolean sent) {
  public Visit {
    via = List.copyOf(via);
  }
}
