package io.github.jvbwhip.core.bridge;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A media bridge as WHIP and WHEP see it.
 *
 * <p>Thread-safe. Opening and closing may take some milliseconds and are never called from a packet
 * thread; listeners and observers are called on bridge threads, in order for each registration, and
 * must only enqueue.
 */
public interface Bridge extends AutoCloseable {

  /** The name that logs and pages show, such as {@code embedded} or {@code jvb 2.3-270}. */
  String name();

  /** What this bridge can take from a publisher and forward to a player. */
  MediaCapabilities capabilities();

  /** Whether new sessions are taken at the moment. */
  Availability availability();

  /**
   * Allocates the bridge endpoint of a publisher.
   *
   * @throws BridgeException with {@link BridgeException.Reason#STREAM_IN_USE} when the room has a
   *     live stream of that name, {@code DRAINING} or {@code OVERLOADED} when no session is taken,
   *     {@code REFUSED} when the bridge does not accept the media. Nothing stays allocated then.
   */
  IngestEndpoint openIngest(IngestRequest request, EndpointListener listener)
      throws BridgeException;

  /**
   * Allocates the bridge endpoint of a player. A room or stream that does not exist yet is no
   * error: media flows when it comes, except where the bridge cannot create rooms ({@code
   * ROOM_NOT_FOUND}).
   *
   * @throws BridgeException as {@link #openIngest}; nothing stays allocated then
   */
  EgressEndpoint openEgress(EgressRequest request, EndpointListener listener)
      throws BridgeException;

  /** The room as it is now, or empty when nothing is published or watched in it. */
  Optional<RoomSnapshot> room(RoomName room);

  /** All rooms that exist now, in no particular order. */
  List<RoomSnapshot> rooms();

  /**
   * Follows a room, whether it exists or not. What is there at registration is told first, as
   * events; each later change follows in order.
   */
  Registration observe(RoomName room, Consumer<RoomEvent> observer);

  /** Closes all endpoints and frees ports and threads. Idempotent. */
  @Override
  void close();
}
