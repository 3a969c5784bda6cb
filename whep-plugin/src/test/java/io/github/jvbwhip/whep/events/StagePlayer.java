package io.github.jvbwhip.whep.events;

import io.github.jvbwhip.core.bridge.Codec;
import io.github.jvbwhip.core.bridge.EndpointStats;
import io.github.jvbwhip.core.bridge.MediaKind;
import io.github.jvbwhip.core.bridge.RoomName;
import io.github.jvbwhip.core.bridge.StreamName;
import java.util.List;
import java.util.Optional;

/** A player that sees the stage of a room, and takes all codecs. */
class StagePlayer implements EventRecipient {
  private final RoomName room;

  StagePlayer(String room) {
    this.room = new RoomName(room);
  }

  @Override
  public RoomName room() {
    return room;
  }

  @Override
  public Optional<StreamName> pinned() {
    return Optional.empty();
  }

  @Override
  public List<Integer> videoIndexes() {
    return List.of();
  }

  @Override
  public int shown(MediaKind kind) {
    return 0;
  }

  @Override
  public boolean takes(Codec codec, int track) {
    return true;
  }

  @Override
  public Optional<EndpointStats> stats() {
    return Optional.empty();
  }
}
