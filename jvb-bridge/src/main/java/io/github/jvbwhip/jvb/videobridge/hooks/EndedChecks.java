package io.github.jvbwhip.jvb.videobridge.hooks;

import java.beans.PropertyChangeEvent;
import java.beans.PropertyChangeListener;
import org.ice4j.ice.Agent;
import org.ice4j.ice.IceProcessingState;

/**
 * Lets an ICE agent that has ended be forgotten. ice4j cancels the pace maker of the agent's
 * checks, but one that is at work just then schedules its next turn nevertheless: it would go on
 * for ever, and with it keep the agent, the endpoint and all that these refer to. A negative pace
 * makes that turn its last one. Thread-safe.
 */
final class EndedChecks implements PropertyChangeListener {
  /** Any but -1, by which ice4j means its own choice. */
  private static final long NO_MORE = -2;

  private static final EndedChecks INSTANCE = new EndedChecks();

  private EndedChecks() {}

  static void follow(Agent agent) {
    agent.addStateChangeListener(INSTANCE);
    endIfOver(agent);
  }

  @Override
  public void propertyChange(PropertyChangeEvent event) {
    if (event.getSource() instanceof Agent agent) {
      endIfOver(agent);
    }
  }

  private static void endIfOver(Agent agent) {
    if (agent.getState() == IceProcessingState.TERMINATED
        || agent.getState() == IceProcessingState.FAILED) {
      agent.setTa(NO_MORE);
    }
  }
}
