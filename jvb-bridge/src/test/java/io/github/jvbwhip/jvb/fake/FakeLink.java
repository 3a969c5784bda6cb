package io.github.jvbwhip.jvb.fake;

import io.github.jvbwhip.core.bridge.EndpointStats;
import io.github.jvbwhip.jvb.host.HostEndpoint;
import io.github.jvbwhip.jvb.media.PacketTotals;

/** What the hooks on publishers' and players' endpoints share. */
abstract class FakeLink implements HostEndpoint {
  private final FakeEndpoint endpoint;

  FakeLink(FakeEndpoint endpoint) {
    this.endpoint = endpoint;
  }

  FakeEndpoint endpoint() {
    return endpoint;
  }

  @Override
  public Transport transport() {
    return endpoint.state();
  }

  @Override
  public boolean isExpired() {
    return endpoint.isExpired();
  }

  @Override
  public boolean hasLeft(long nowNanos) {
    return endpoint.hasLeft();
  }

  @Override
  public boolean sayFarewell() {
    return endpoint.sayFarewell();
  }

  @Override
  public EndpointStats stats(boolean connected) {
    return FakeEndpoint.stats(connected);
  }

  @Override
  public PacketTotals totals() {
    return PacketTotals.NONE;
  }

  @Override
  public void detach() {
    endpoint.detach();
  }
}
