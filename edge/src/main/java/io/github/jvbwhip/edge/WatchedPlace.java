package io.github.jvbwhip.edge;

import io.github.jvbwhip.core.bridge.RoomName;
import io.github.jvbwhip.core.bridge.StreamName;
import java.util.Optional;

/**
 * What players watch: a room's stage, or one stream.
 *
 * @param stream empty for the stage
 */
record WatchedPlace(RoomName room, Optional<StreamName> stream) {
  /** What the stage of an origin is called here. */
  static final StreamName STAGE = new StreamName("stage");

  /** What a player asks for: the stage of an origin has a name as well. */
  static WatchedPlace of(RoomName room, Optional<StreamName> stream) {
    return new WatchedPlace(room, stream.filter(name -> !name.equals(STAGE)));
  }

  /** Under which name it is published here. */
  StreamName name() {
    return stream.orElse(STAGE);
  }
}
