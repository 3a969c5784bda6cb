package io.github.jvbwhip.jvb.videobridge.hooks;

import org.ice4j.ice.Agent;
import org.jitsi.videobridge.Endpoint;

/** The ICE agents of endpoints, with what ice4j needs beside it. Thread-safe. */
public final class IceAgents {
  private IceAgents() {}

  /**
   * Mends the agents that an endpoint has now. To be called when it has been allocated, after each
   * restart of ICE, before the client knows the agent's credentials, and before its end.
   */
  public static void mend(Endpoint endpoint, BridgeInternals internals) {
    for (Agent agent : internals.agents(endpoint)) {
      EndedChecks.follow(agent);
      SelectedPairKeeper.keep(agent);
      LenientStun.install(agent, internals);
    }
  }
}
