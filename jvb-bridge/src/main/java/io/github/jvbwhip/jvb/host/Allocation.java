package io.github.jvbwhip.jvb.host;

import io.github.jvbwhip.core.bridge.BridgeException;
import io.github.jvbwhip.core.bridge.RemoteTransport;
import java.util.List;
import java.util.Optional;

/**
 * An endpoint that has been allocated, and the way to change it: that of whoever allocated it. It
 * knows nothing of hooks; {@link HostConference#attach} does. Every method but the first two waits
 * for the bridge.
 */
public interface Allocation {

  /** The endpoint's id in its conference. */
  String endpointId();

  /** The bridge's side of the transport, as it was offered. */
  BridgeTransport transport();

  /**
   * The client's side has become known.
   *
   * @throws BridgeException when the bridge does not take it
   */
  void connect(RemoteTransport remote) throws BridgeException;

  /**
   * Gives the client's credentials after a restart. What the bridge does not take is logged.
   *
   * @param generation the ICE generation of the restart's answer
   */
  void update(RemoteTransport remote, int generation);

  /** Asks for an ICE restart; empty when the bridge does not restart it. */
  Optional<BridgeTransport> restartIce();

  /**
   * Tells the bridge all sources; those that it knows are repeated.
   *
   * @return why they were not taken; empty when they were
   */
  Optional<String> setSources(List<SourcePlan> sources);

  /** Frees the endpoint, whatever has become of it meanwhile. */
  void expire();

  /** The same where its publisher is about to come back, and nobody need see it go. */
  default void giveWay() {
    expire();
  }
}
