package io.github.jvbwhip.jvb.videobridge.hooks;

import io.github.jvbwhip.core.bridge.IceCandidate;
import io.github.jvbwhip.core.bridge.SelectedPair;
import java.util.List;
import java.util.Optional;
import org.ice4j.Transport;
import org.ice4j.TransportAddress;
import org.ice4j.ice.Agent;
import org.ice4j.ice.CandidatePair;
import org.ice4j.ice.Component;
import org.ice4j.ice.IceMediaStream;

/** Reads what ICE has selected. Stateless. */
public final class SelectedPairs {
  private SelectedPairs() {}

  /** The pair of the first of these agents that has one; the port's bundle has one component. */
  public static Optional<SelectedPair> of(List<Agent> agents) {
    for (Agent agent : agents) {
      for (IceMediaStream stream : agent.getStreams()) {
        for (Component component : stream.getComponents()) {
          CandidatePair pair = component.getSelectedPair();
          if (pair != null) {
            return Optional.of(pair(pair));
          }
        }
      }
    }
    return Optional.empty();
  }

  private static SelectedPair pair(CandidatePair pair) {
    TransportAddress local = pair.getLocalCandidate().getTransportAddress();
    TransportAddress remote = pair.getRemoteCandidate().getTransportAddress();
    return new SelectedPair(
        local.getHostAddress(),
        local.getPort(),
        remote.getHostAddress(),
        remote.getPort(),
        local.getTransport() == Transport.UDP
            ? IceCandidate.Protocol.UDP
            : IceCandidate.Protocol.TCP);
  }
}
