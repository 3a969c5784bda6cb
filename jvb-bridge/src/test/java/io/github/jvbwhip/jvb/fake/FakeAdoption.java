package io.github.jvbwhip.jvb.fake;

import io.github.jvbwhip.core.bridge.BridgeException;
import io.github.jvbwhip.core.bridge.RemoteTransport;
import io.github.jvbwhip.jvb.host.Allocation;
import io.github.jvbwhip.jvb.host.BridgeTransport;
import io.github.jvbwhip.jvb.host.Invitation;
import io.github.jvbwhip.jvb.host.SourcePlan;
import java.util.List;
import java.util.Optional;

/** An endpoint in memory that was taken over: its inviter hears of it too. */
record FakeAdoption(Invitation invitation, FakeEndpoint endpoint) implements Allocation {
  @Override
  public String endpointId() {
    return endpoint.id();
  }

  @Override
  public BridgeTransport transport() {
    return invitation.transport();
  }

  @Override
  public void connect(RemoteTransport remote) throws BridgeException {
    endpoint.connect(remote);
  }

  @Override
  public void update(RemoteTransport remote, int generation) {
    endpoint.update(remote, generation);
  }

  @Override
  public Optional<BridgeTransport> restartIce() {
    return endpoint.restartIce();
  }

  @Override
  public Optional<String> setSources(List<SourcePlan> sources) {
    Optional<String> refusal = invitation.setSources(sources);
    return refusal.isPresent() ? refusal : endpoint.setSources(sources);
  }

  @Override
  public void expire() {
    invitation.leave();
    endpoint.expire();
  }

  @Override
  public void giveWay() {
    invitation.giveWay(); // Who manages the room frees it.
  }
}
