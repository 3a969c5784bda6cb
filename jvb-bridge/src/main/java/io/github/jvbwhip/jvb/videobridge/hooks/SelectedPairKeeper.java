package io.github.jvbwhip.jvb.videobridge.hooks;

import java.beans.PropertyChangeEvent;
import java.beans.PropertyChangeListener;
import org.ice4j.ice.Agent;
import org.ice4j.ice.CandidatePair;
import org.ice4j.ice.CheckList;
import org.ice4j.ice.Component;
import org.ice4j.ice.IceMediaStream;
import org.ice4j.ice.IceProcessingState;

/**
 * Keeps the pair that ICE has selected among those that the agent knows. When a pair is nominated,
 * ice4j removes all from its list that wait for a check, and with them the nominated one where a
 * check of the client came just then. From three seconds after that on it refuses checks over pairs
 * that it does not know (403), and so the consent to go on sending (RFC 7675 §5.1). Thread-safe.
 */
final class SelectedPairKeeper implements PropertyChangeListener {
  private static final SelectedPairKeeper INSTANCE = new SelectedPairKeeper();

  private SelectedPairKeeper() {}

  /** To be called before the client knows the agent's credentials. */
  static void keep(Agent agent) {
    agent.addStateChangeListener(INSTANCE);
  }

  @Override
  public void propertyChange(PropertyChangeEvent event) {
    if (event.getNewValue() == IceProcessingState.COMPLETED
        && event.getSource() instanceof Agent agent) {
      for (IceMediaStream stream : agent.getStreams()) {
        stream.getComponents().forEach(component -> keep(stream, component));
      }
    }
  }

  private static void keep(IceMediaStream stream, Component component) {
    CandidatePair selected = component.getSelectedPair();
    CheckList known = stream.getCheckList();
    synchronized (known) {
      if (selected != null
          && known.findPairMatching(selected.getLocalCandidate(), selected.getRemoteCandidate())
              == null) {
        known.add(selected);
      }
    }
  }
}
