package io.github.jvbwhip.jvb.videobridge;

import io.github.jvbwhip.core.bridge.RemoteTransport;
import io.github.jvbwhip.jvb.host.Allocation;
import io.github.jvbwhip.jvb.host.BridgeTransport;
import io.github.jvbwhip.jvb.host.Invitation;
import io.github.jvbwhip.jvb.host.SourcePlan;
import java.util.List;
import java.util.Optional;

/**
 * An endpoint that whoever manages the room has allocated. What others have to know goes to whom
 * has invited it, who tells the bridge; what is between the client and the bridge goes to the
 * bridge.
 */
record MeetingAllocation(Invitation invitation, Allocation onBridge) implements Allocation {

  @Override
  public String endpointId() {
    return invitation.endpointId();
  }

  @Override
  public BridgeTransport transport() {
    return invitation.transport();
  }

  @Override
  public void connect(RemoteTransport remote) {
    throw new IllegalStateException("the client's side is told when the invitation is accepted");
  }

  @Override
  public void update(RemoteTransport remote, int generation) {
    onBridge.update(remote, generation);
  }

  @Override
  public Optional<BridgeTransport> restartIce() {
    return onBridge.restartIce();
  }

  @Override
  public Optional<String> setSources(List<SourcePlan> sources) {
    return invitation.setSources(sources);
  }

  @Override
  public void expire() {
    invitation.leave();
  }

  @Override
  public void giveWay() {
    invitation.giveWay();
  }
}
