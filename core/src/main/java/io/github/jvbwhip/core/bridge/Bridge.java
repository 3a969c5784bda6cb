package io.github.jvbwhip.core.bridge;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * A media bridge as WHIP and WHEP see it.
 *
 * <p>Thread-safe. Closing may take some milliseconds and is never called from a packet thread;
 * listeners and observers are called on bridge threads, in order for each registration, and must
 * only enqueue.
 */
public interface Bridge extends AutoCloseable {

  /** The name that logs and pages show, such as {@code embedded} or {@code jvb 2.3-270}. */
  String name();

  /** What this bridge can take from a publisher and forward to a player. */
  MediaCapabilities capabilities();

  /** What it can take from a publisher, where it forwards some of that in another form. */
  default MediaCapabilities ingestCapabilities() {
    return capabilities();
  }

  /** Whether new sessions are taken at the moment. */
  Availability availability();

  /**
   * Allocates the bridge endpoint of a publisher. Does not wait for the bridge: the stream's name
   * is taken from now on, and the stream is in the room's snapshots before the endpoint is handed
   * out, until it is closed or has ended.
   *
   * <p>The caller bounds the opening in time, or gives it up, by completing the future itself.
   * Where that succeeds, what the bridge allocates is freed, whenever that is done; the stream's
   * name is taken so long.
   *
   * @return fails with {@link BridgeException}: {@link BridgeException.Reason#STREAM_IN_USE} when
   *     the room has a live stream of that name, {@code DRAINING} or {@code OVERLOADED} when no
   *     session is taken, {@code REFUSED} when the bridge does not accept the media, {@code
   *     NO_COMMON_CODEC} when the room has none of its codecs. Nothing stays allocated then.
   */
  CompletableFuture<IngestEndpoint> openIngest(IngestRequest request, EndpointListener listener);

  /** What somebody is about to do in a room. */
  enum Approach {
    PUBLISH,
    WATCH
  }

  /**
   * Somebody is about to publish or to watch: where that room lives on another bridge, it is
   * brought here. Waits for nothing; what is known of the room when it completes is what is known
   * there.
   *
   * @return fails with {@link BridgeException#elsewhere} where the client had better go to another
   *     bridge, unless it was {@linkplain Visit#sent sent} here, and with {@link
   *     BridgeException.Reason#LOOP} where what is wanted comes from the very server that asks for
   *     it
   */
  default CompletableFuture<Void> approach(Visit visit) {
    return CompletableFuture.completedFuture(null);
  }

  /**
   * Where somebody may go whom this server cannot take now: it drains, has too much to do, or has
   * as many sessions as there may be. Waits for nothing, and never fails.
   *
   * @return the URL under which another server's endpoints are; empty where none is known
   */
  default CompletableFuture<Optional<String>> instead(Visit visit) {
    return CompletableFuture.completedFuture(Optional.empty());
  }

  /**
   * Where a player of a room may go that has to leave this server: the URL under which the WHEP
   * endpoints of another one are, not the same one each time; empty where none is known that shows
   * it.
   */
  default Optional<String> refuge(RoomName room) {
    return Optional.empty();
  }

  /**
   * By which edges that which is watched in a room comes, this one first; empty where it is
   * published here. Asks nobody.
   */
  default List<String> path(RoomName room) {
    return List.of();
  }

  /** Of the names that mean one room, that by which it is known. Asks nobody. */
  default RoomName canonical(RoomName room) {
    return room;
  }

  /**
   * Allocates the bridge endpoint of a player. A room or stream that does not exist yet is no
   * error: media flows when it comes, except where the bridge cannot create rooms ({@code
   * ROOM_NOT_FOUND}).
   *
   * @return as of {@link #openIngest}
   */
  CompletableFuture<EgressEndpoint> openEgress(EgressRequest request, EndpointListener listener);

  /** The room as it was told last, or empty when nothing is published or watched in it. */
  Optional<RoomSnapshot> room(RoomName room);

  /** All rooms that exist now, in no particular order. */
  List<RoomSnapshot> rooms();

  /**
   * Follows a room, whether it exists or not. Its present snapshot is told first, an empty one
   * where there is nothing; then each newer one, in the order of their versions. Of those that
   * follow one another closely some may be left out, but never the last.
   */
  Registration observe(RoomName room, Consumer<RoomSnapshot> observer);

  /**
   * Hears that some room, whichever, is no longer as {@link #rooms} told it; what it is like is
   * told there. Of changes that follow one another closely some may be left out, but never the
   * last.
   */
  Registration observeRooms(Runnable observer);

  /** Hears when the players of a room are to go elsewhere, from now on. */
  Registration observeReconnects(RoomName room, Consumer<ReconnectRequest> observer);

  /** Closes all endpoints and frees ports and threads. Idempotent. */
  @Override
  void close();
}
