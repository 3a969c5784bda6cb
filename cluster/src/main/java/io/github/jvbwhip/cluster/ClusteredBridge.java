package io.github.jvbwhip.cluster;

import io.github.jvbwhip.core.bridge.Bridge;
import io.github.jvbwhip.core.bridge.ForwardingBridge;
import io.github.jvbwhip.core.bridge.ReconnectRequest;
import io.github.jvbwhip.core.bridge.Registration;
import io.github.jvbwhip.core.bridge.RoomName;
import io.github.jvbwhip.core.bridge.Visit;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * A bridge in a cluster: who comes is sent elsewhere, or the room is brought here first; all else
 * is the bridge's. Thread-safe.
 */
final class ClusteredBridge extends ForwardingBridge {
  /** What it is a member of. Thread-safe; waits for nothing. */
  interface Members {
    /**
     * See {@link Bridge#approach}.
     *
     * @param seen whether anything is published there as far as this bridge knows
     */
    CompletableFuture<Void> approach(RoomName room, Approach approach, boolean seen);

    /** The same of who stays here in any case. */
    CompletableFuture<Void> bring(RoomName room);

    /**
     * See {@link Bridge#instead}.
     *
     * @param seen as of {@link #approach}
     */
    CompletableFuture<Optional<String>> instead(RoomName room, Approach approach, boolean seen);

    /**
     * See {@link Bridge#refuge}.
     *
     * @param seen as of {@link #approach}
     */
    Optional<String> refuge(RoomName room, boolean seen);

    /** Hears when players of a room had better go to another member, from now on. */
    Registration observeReconnects(RoomName room, Consumer<ReconnectRequest> observer);
  }

  private final Members members;

  ClusteredBridge(Bridge bridge, Members members) {
    super(bridge);
    this.members = members;
  }

  @Override
  public CompletableFuture<Void> approach(Visit visit) {
    RoomName room = canonical(visit.room());
    return super.approach(visit)
        .thenCompose(
            done ->
                visit.sent()
                    ? members.bring(room)
                    : members.approach(room, visit.approach(), isSeen(room)));
  }

  private boolean isSeen(RoomName room) {
    return room(room).filter(known -> !known.streams().isEmpty()).isPresent();
  }

  @Override
  public CompletableFuture<Optional<String>> instead(Visit visit) {
    RoomName room = canonical(visit.room());
    return members.instead(room, visit.approach(), isSeen(room));
  }

  @Override
  public Optional<String> refuge(RoomName room) {
    RoomName known = canonical(room);
    return members.refuge(known, isSeen(known));
  }

  @Override
  public Registration observeReconnects(RoomName room, Consumer<ReconnectRequest> observer) {
    Registration own = super.observeReconnects(room, observer);
    Registration others = members.observeReconnects(canonical(room), observer);
    return () -> {
      own.close();
      others.close();
    };
  }
}
