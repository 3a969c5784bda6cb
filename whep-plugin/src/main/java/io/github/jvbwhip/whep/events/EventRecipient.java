package io.github.jvbwhip.whep.events;

import io.github.jvbwhip.core.bridge.Codec;
import io.github.jvbwhip.core.bridge.EndpointStats;
import io.github.jvbwhip.core.bridge.MediaKind;
import io.github.jvbwhip.core.bridge.RoomName;
import io.github.jvbwhip.core.bridge.StreamName;
import java.util.List;
import java.util.Optional;

/** What the events of a session depend on. Thread-safe. */
public interface EventRecipient {
  RoomName room();

  /** The stream that it is pinned to; empty for the stage. */
  Optional<StreamName> pinned();

  /**
   * The indexes of the video m-lines that show tracks of the stream that it is told of, in order:
   * all of them, or of a player of the stage the first.
   */
  List<Integer> videoIndexes();

  /** How many tracks of that kind of the stream that it is told of it can show. */
  int shown(MediaKind kind);

  /**
   * Whether it takes that codec in the m-section that shows the track.
   *
   * @param track counted from 0, among those of the codec's kind of the stream that it is told of
   */
  boolean takes(Codec codec, int track);

  /** What the bridge has sent to it, once there is an endpoint. */
  Optional<EndpointStats> stats();
}
