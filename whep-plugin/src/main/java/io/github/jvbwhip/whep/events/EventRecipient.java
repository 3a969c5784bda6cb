package io.github.jvbwhip.whep.events;

import io.github.jvbwhip.core.bridge.Codec;
import io.github.jvbwhip.core.bridge.EndpointStats;
import io.github.jvbwhip.core.bridge.RoomName;
import io.github.jvbwhip.core.bridge.StreamName;
import java.util.Optional;
import java.util.OptionalInt;

/** What the events of a session depend on. Thread-safe. */
public interface EventRecipient {
  RoomName room();

  /** The stream that it is pinned to; empty for the stage. */
  Optional<StreamName> pinned();

  /** The index of the first video m-line; empty when it has no video. */
  OptionalInt videoIndex();

  /** Whether that codec was negotiated, or nothing was negotiated yet. */
  boolean takes(Codec codec);

  /** What the bridge has sent to it, once there is an endpoint. */
  Optional<EndpointStats> stats();
}
