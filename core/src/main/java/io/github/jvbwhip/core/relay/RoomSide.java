package io.github.jvbwhip.core.relay;

import java.util.List;
import java.util.function.LongUnaryOperator;

/**
 * What a room has on one side of a link, all bridges that are reached over it included.
 *
 * @param viewers connected players
 */
public record RoomSide(int viewers, List<RelayedStream> streams) {
  /** Nobody is there. */
  public static final RoomSide EMPTY = new RoomSide(0, List.of());

  public RoomSide {
    streams = List.copyOf(streams);
    if (viewers < 0) {
      throw new IllegalArgumentException("the number of viewers is negative");
    }
  }

  /** The same with other bitrates, by what they are. */
  public RoomSide withBitrates(LongUnaryOperator others) {
    return new RoomSide(
        viewers, streams.stream().map(stream -> stream.withBitrates(others)).toList());
  }
}
