package io.github.jvbwhip.cluster;

import io.github.jvbwhip.core.bridge.Availability;
import io.github.jvbwhip.core.bridge.Bridge;
import io.github.jvbwhip.core.bridge.EgressEndpoint;
import io.github.jvbwhip.core.bridge.EgressRequest;
import io.github.jvbwhip.core.bridge.EndpointListener;
import io.github.jvbwhip.core.bridge.IngestEndpoint;
import io.github.jvbwhip.core.bridge.IngestRequest;
import io.github.jvbwhip.core.bridge.MediaCapabilities;
import io.github.jvbwhip.core.bridge.ReconnectRequest;
import io.github.jvbwhip.core.bridge.Registration;
import io.github.jvbwhip.core.bridge.RoomName;
import io.github.jvbwhip.core.bridge.RoomSnapshot;
import io.github.jvbwhip.core.bridge.Visit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A bridge in a cluster: who comes is sent elsewhere, or the room is brought here first; all else
 * is the bridge's. Thread-safe.
 */
final class ClusteredBridge implements Bridge {
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

  private final Bridge bridge;
  private final Approaches approaches;
  private final Supplier<Optional<String>> elsewhere;

  /**
   * @param elsewhere the URL of a member that players may go to
   */
  ClusteredBridge(Bridge bridge, Approaches approaches, Supplier<Optional<String>> elsewhere) {
    this.bridge = bridge;
    this.approaches = approaches;
    this.elsewhere = elsewhere;
  }

  @Override
  public CompletableFuture<Void> approach(RoomName room, Approach approach) {
    return after(bridge.approach(room, approach), room, approach);
  }

  @Override
  public CompletableFuture<Void> approach(Visit visit) {
    return after(bridge.approach(visit), visit.room(), visit.approach());
  }

  private CompletableFuture<Void> after(
      CompletableFuture<Void> there, RoomName room, Approach approach) {
    RoomName name = bridge.canonical(room);
    return there.thenCompose(done -> approaches.of(name, approach, isSeen(name)));
  }

  private boolean isSeen(RoomName room) {
    return bridge.room(room).filter(known -> !known.streams().isEmpty()).isPresent();
  }

  @Override
  public List<String> path(RoomName room) {
    return bridge.path(room);
  }

  @Override
  public Registration observeReconnects(RoomName room, Consumer<ReconnectRequest> observer) {
    return bridge.observeReconnects(room, request -> observer.accept(named(room, request)));
  }

  private ReconnectRequest named(RoomName room, ReconnectRequest request) {
    return request.url().isPresent()
        ? request
        : new ReconnectRequest(elsewhere.get().map(url -> url + "/whep/" + room.value()));
  }

  @Override
  public String name() {
    return bridge.name();
  }

  @Override
  public MediaCapabilities capabilities() {
    return bridge.capabilities();
  }

  @Override
  public MediaCapabilities ingestCapabilities() {
    return bridge.ingestCapabilities();
  }

  @Override
  public Availability availability() {
    return bridge.availability();
  }

  @Override
  public CompletableFuture<IngestEndpoint> openIngest(
      IngestRequest request, EndpointListener listener) {
    return bridge.openIngest(request, listener);
  }

  @Override
  public RoomName canonical(RoomName room) {
    return bridge.canonical(room);
  }

  @Override
  public CompletableFuture<EgressEndpoint> openEgress(
      EgressRequest request, EndpointListener listener) {
    return bridge.openEgress(request, listener);
  }

  @Override
  public Optional<RoomSnapshot> room(RoomName room) {
    return bridge.room(room);
  }

  @Override
  public List<RoomSnapshot> rooms() {
    return bridge.rooms();
  }

  @Override
  public Registration observe(RoomName room, Consumer<RoomSnapshot> observer) {
    return bridge.observe(room, observer);
  }

  @Override
  public Registration observeRooms(Runnable observer) {
    return bridge.observeRooms(observer);
  }

  @Override
  public void close() {
    bridge.close();
  }
}
