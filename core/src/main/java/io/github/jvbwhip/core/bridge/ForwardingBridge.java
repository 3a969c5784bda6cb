package io.github.jvbwhip.core.bridge;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * Another bridge, but for what a subclass does in its own way. Thread-safe where those methods are.
 */
public abstract class ForwardingBridge implements Bridge {
  private final Bridge bridge;

  /** On that bridge, which is closed with this one. */
  protected ForwardingBridge(Bridge bridge) {
    this.bridge = bridge;
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
  public CompletableFuture<Void> approach(Visit visit) {
    return bridge.approach(visit);
  }

  @Override
  public CompletableFuture<Optional<String>> instead(Visit visit) {
    return bridge.instead(visit);
  }

  @Override
  public Optional<String> refuge(RoomName room) {
    return bridge.refuge(room);
  }

  @Override
  public List<String> path(RoomName room) {
    return bridge.path(room);
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
  public Registration observeReconnects(RoomName room, Consumer<ReconnectRequest> observer) {
    return bridge.observeReconnects(room, observer);
  }

  @Override
  public void close() {
    bridge.close();
  }
}
