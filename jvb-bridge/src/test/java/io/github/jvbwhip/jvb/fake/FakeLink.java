package io.github.jvbwhip.jvb.fake;

import io.github.jvbwhip.core.bridge.EndpointStats;
import io.github.jvbwhip.core.bridge.IceCandidate;
import io.github.jvbwhip.core.bridge.SelectedPair;
import io.github.jvbwhip.core.metrics.PacketTotals;
import io.github.jvbwhip.jvb.host.HostEndpoint;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** What the hooks on publishers' and players' endpoints share. */
abstract class FakeLink implements HostEndpoint {
  private final FakeEndpoint endpoint;
  private final AtomicInteger looks = new AtomicInteger();

  FakeLink(FakeEndpoint endpoint) {
    this.endpoint = endpoint;
  }

  FakeEndpoint endpoint() {
    return endpoint;
  }

  /** How often the bridge was asked about the endpoint. */
  public int looks() {
    return looks.get();
  }

  final void look() {
    looks.incrementAndGet();
  }

  @Override
  public Transport transport() {
    look();
    return endpoint.state();
  }

  @Override
  public boolean isIceCompleted() {
    look();
    return endpoint.isIceCompleted();
  }

  @Override
  public boolean isExpired() {
    look();
    return endpoint.isExpired();
  }

  @Override
  public boolean hasLeft(long nowNanos) {
    look();
    return endpoint.hasLeft();
  }

  @Override
  public boolean sayFarewell() {
    return endpoint.sayFarewell();
  }

  @Override
  public Optional<SelectedPair> pair() {
    return endpoint.state() == Transport.CHECKING
        ? Optional.empty()
        : Optional.of(
            new SelectedPair("192.0.2.1", 10000, "192.0.2.9", 50009, IceCandidate.Protocol.UDP));
  }

  @Override
  public EndpointStats stats(boolean connected) {
    return FakeEndpoint.stats(connected);
  }

  @Override
  public PacketTotals totals() {
    look();
    return PacketTotals.NONE;
  }

  @Override
  public void detach() {
    endpoint.detach();
  }

  @Override
  public void letGo() {
    endpoint.letGo();
  }
}
