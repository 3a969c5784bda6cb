package io.github.jvbwhip.core.bridge;

import java.util.List;
import java.util.Optional;

/**
 * A room as it is now.
 *
 * @param stage the stream on the stage, if any
 * @param viewers connected players
 */
public record RoomSnapshot(
    RoomName name, List<StreamSnapshot> streams, Optional<StreamName> stage, int viewers) {
  public RoomSnapshot {
    streams = List.copyOf(streams);
  }
}
