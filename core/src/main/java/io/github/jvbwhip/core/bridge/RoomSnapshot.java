package io.github.jvbwhip.core.bridge;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A room as it is at one moment. Immutable.
 *
 * @param version grows with each change of the room, while the bridge knows it
 * @param streams those whose endpoints are open
 * @param stage the stream on the stage: of those that send, if any does, else the first; empty in a
 *     room without streams
 * @param heard the stream whose sound a player of the stage gets first, which may be another one;
 *     empty in a room without sound
 * @param viewers connected players
 */
public record RoomSnapshot(
    RoomName name,
    long version,
    List<StreamSnapshot> streams,
    Optional<StreamName> stage,
    Optional<StreamName> heard,
    int viewers) {
  public RoomSnapshot {
    streams = List.copyOf(streams);
  }

  /** A room in which nothing has happened yet. */
  public static RoomSnapshot empty(RoomName name) {
    return new RoomSnapshot(name, 0, List.of(), Optional.empty(), Optional.empty(), 0);
  }

  /** The stream of that name. */
  public Optional<StreamSnapshot> stream(StreamName stream) {
    return streams.stream().filter(s -> s.name().equals(stream)).findFirst();
  }

  /**
   * The stream that a player sees.
   *
   * @param pinned what it is pinned to ({@link Pins}); empty for the stage
   */
  public Optional<StreamSnapshot> watched(Optional<StreamName> pinned) {
    return pinned.isPresent() ? Pins.find(streams, pinned.get()) : stage.flatMap(this::stream);
  }

  /** The tracks that a player sees and hears: on the stage they may be of two streams. */
  public List<TrackSnapshot> tracks(Optional<StreamName> pinned) {
    return pinned.isPresent()
        ? watched(pinned).map(StreamSnapshot::tracks).orElse(List.of())
        : Stream.concat(tracks(heard, MediaKind.AUDIO), tracks(stage, MediaKind.VIDEO)).toList();
  }

  private Stream<TrackSnapshot> tracks(Optional<StreamName> of, MediaKind kind) {
    return of.flatMap(this::stream).stream().flatMap(stream -> stream.tracks(kind).stream());
  }

  /** Whether the other one shows the same. */
  boolean equalsButVersion(RoomSnapshot other) {
    return name.equals(other.name)
        && streams.equals(other.streams)
        && stage.equals(other.stage)
        && heard.equals(other.heard)
        && viewers == other.viewers;
  }
}
