package io.github.jvbwhip.jvb.videobridge.hooks;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketException;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.ice4j.ice.Agent;
import org.ice4j.ice.CandidatePair;
import org.ice4j.ice.CandidateType;
import org.ice4j.ice.Component;
import org.ice4j.ice.HostCandidate;
import org.ice4j.ice.IceMediaStream;
import org.ice4j.ice.IceProcessingState;
import org.ice4j.ice.KeepAliveStrategy;
import org.ice4j.ice.LocalCandidate;
import org.ice4j.ice.RemoteCandidate;
import org.ice4j.ice.harvest.AbstractCandidateHarvester;
import org.ice4j.socket.IceUdpSocketWrapper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A bridge's agent and a client's. */
@Timeout(20)
class SelectedPairKeeperTest {
  private final Agent bridge = new Agent();
  private final Agent client = new Agent();

  @AfterEach
  void free() {
    client.free();
    bridge.free();
  }

  /** As when a check of the client comes between the answer to the bridge's and the nomination. */
  @Test
  void a_pair_that_waits_for_a_check_in_the_instant_of_its_nomination_stays_known()
      throws Exception {
    SelectedPairKeeper.keep(bridge);
    Component ours = component(bridge, false);
    Component theirs = component(client, true);
    introduce(ours, theirs);
    introduce(theirs, ours);
    ours.getParentStream()
        .addPairChangeListener(
            event -> {
              if (IceMediaStream.PROPERTY_PAIR_NOMINATED.equals(event.getPropertyName())) {
                ((CandidatePair) event.getSource()).setStateWaiting();
              }
            });
    CountDownLatch completed = new CountDownLatch(1);
    bridge.addStateChangeListener(
        event -> {
          if (event.getNewValue() == IceProcessingState.COMPLETED) {
            completed.countDown();
          }
        });

    bridge.startConnectivityEstablishment();
    client.startConnectivityEstablishment();
    completed.await();

    CandidatePair selected = ours.getSelectedPair();
    assertThat(
            bridge.findCandidatePair(
                selected.getLocalCandidate().getTransportAddress(),
                selected.getRemoteCandidate().getTransportAddress()))
        .isNotNull();
  }

  private static Component component(Agent agent, boolean controlling) throws Exception {
    agent.setControlling(controlling);
    agent.setUseDynamicPorts(false);
    agent.addCandidateHarvester(new LoopbackHarvester());
    IceMediaStream stream = agent.createMediaStream("stream");
    return agent.createComponent(stream, KeepAliveStrategy.SELECTED_ONLY, false);
  }

  /** Tells one side of the other. */
  private static void introduce(Component of, Component to) {
    Agent agent = of.getParentStream().getParentAgent();
    to.getParentStream().setRemoteUfrag(agent.getLocalUfrag());
    to.getParentStream().setRemotePassword(agent.getLocalPassword());
    for (LocalCandidate candidate : of.getLocalCandidates()) {
      to.addRemoteCandidate(
          new RemoteCandidate(
              candidate.getTransportAddress(),
              to,
              CandidateType.HOST_CANDIDATE,
              candidate.getFoundation(),
              candidate.getPriority(),
              null));
    }
  }

  private static final class LoopbackHarvester extends AbstractCandidateHarvester {
    @Override
    public boolean isHostHarvester() {
      return true;
    }

    @Override
    public Collection<LocalCandidate> harvest(Component component) {
      try {
        IceUdpSocketWrapper socket =
            new IceUdpSocketWrapper(new DatagramSocket(0, InetAddress.getLoopbackAddress()));
        LocalCandidate candidate = new HostCandidate(socket, component);
        candidate.getStunStack().addSocket(socket);
        component.addLocalCandidate(candidate);
        return List.of(candidate);
      } catch (SocketException e) {
        throw new AssertionError(e);
      }
    }
  }
}
