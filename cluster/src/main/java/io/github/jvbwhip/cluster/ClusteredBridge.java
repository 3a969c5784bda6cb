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
import java.util.function.Supplier;

/**
 * A bridge in a cluster: who comes is sent elsewhere, or the room is brought here first; all else
 * is the bridge's. Thread-safe.
 */
final class ClusteredBridge extends ForwardingBridge {
  /** Decides about who comes. */
  @FunctionalInterface
  interface Approaches {
    /**
     * See {@link Bridge#approach}.
     *
     * @param seen whether anything is published there as far as this bridge knows
     */
    CompletableFuture<Void> of(RoomName room, Approach approach, boolean seen);
  }

  private final Approaches approaches;
  private final Supplier<Optional<String>> elsewhere;

  /**
   * @param elsewhere the URL of a member that players may go to
   */
  ClusteredBridge(Bridge bridge, Approaches approaches, Supplier<Optional<String>> elsewhere) {
    super(bridge);
    this.approaches = approaches;
    this.elsewhere = elsewhere;
  }

  @Override
  public CompletableFuture<Void> approach(Visit visit) {
    RoomName room = canonical(visit.room());
    return super.approach(visit)
        .thenCompose(done -> approaches.of(room, visit.approach(), isSeen(room)));
  }

  private boolean isSeen(RoomName room) {
    return room(room).filter(known -> !known.streams().isEmpty()).isPresent();
  }

  @Override
  public Registration observeReconnects(RoomName room, Consumer<ReconnectRequest> observer) {
    return super.observeReconnects(room, request -> observer.accept(named(room, request)));
  }

  private ReconnectRequest named(RoomName room, ReconnectRequest request) {
    return request.url().isPresent()
        ? request
        : new ReconnectRequest(elsewhere.get().map(url -> url + "/whep/" + room.value()));
  }
}
