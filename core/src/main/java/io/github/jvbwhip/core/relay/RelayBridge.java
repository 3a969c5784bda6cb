package io.github.jvbwhip.core.relay;

import io.github.jvbwhip.core.bridge.EndReason;
import io.github.jvbwhip.core.bridge.LocalTransport;
import io.github.jvbwhip.core.bridge.Registration;
import io.github.jvbwhip.core.bridge.RoomName;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * A bridge whose rooms can be linked to those of other bridges. A link joins two bridges in one
 * room: all media of each side goes to the other, and on to its other links; so the links of a room
 * have to be a tree. Who is linked to whom is decided by whoever asks.
 *
 * <p>Thread-safe. Nothing waits for the bridge; listeners and observers are called on bridge
 * threads, in order, and must only enqueue.
 */
public interface RelayBridge {

  /**
   * Allocates this side of a link that begins here. It gets nowhere until it is {@linkplain
   * RelayLink#connect connected}.
   *
   * @param id of the link: never used before on either bridge, a secret to nobody
   * @return fails with {@link io.github.jvbwhip.core.bridge.BridgeException}; completing it frees
   *     what is allocated
   */
  CompletableFuture<RelayLink> begin(RoomName room, String id, RelayListener listener);

  /**
   * Allocates this side of a link that another bridge has begun, and connects it.
   *
   * @param theirs what {@link RelayLink#localTransport} is there
   * @return as of {@link #begin}
   */
  CompletableFuture<RelayLink> accept(
      RoomName room, String id, LocalTransport theirs, RelayListener listener);

  /** The rooms in which anybody is on this bridge, or to which it has links. */
  List<RoomUse> uses();

  /**
   * Hears that {@link #uses} has changed. Of changes that follow one another closely some may be
   * left out, but never the last.
   */
  Registration observeUses(Runnable observer);

  /**
   * Ends a publisher of this bridge that cannot be in the room, as another bridge has found; its
   * client hears of it. Nothing where there is none of that id.
   *
   * @param endpointId as it was told ({@link RelayedStream})
   */
  void endPublisher(RoomName room, String endpointId, EndReason reason, String detail);
}
