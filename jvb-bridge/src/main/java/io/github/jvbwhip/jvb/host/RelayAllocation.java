package io.github.jvbwhip.jvb.host;

import io.github.jvbwhip.core.bridge.BridgeException;
import io.github.jvbwhip.core.bridge.RemoteTransport;
import io.github.jvbwhip.core.relay.RelayLink;
import java.util.List;
import java.util.Optional;

/** This side of a link to another bridge, as it has been allocated. */
public interface RelayAllocation {

  /** The bridge's side of the transport. */
  BridgeTransport transport();

  /**
   * The other side of a link that begins here has become known. Waits for the bridge.
   *
   * @param remote with its candidates
   * @throws BridgeException when the bridge does not take it
   */
  void connect(RemoteTransport remote) throws BridgeException;

  /**
   * Tells the bridge what of the endpoints on the other side has changed. Packets of others are not
   * forwarded. Waits for the bridge.
   *
   * @return why it was not taken; empty when it was
   */
  Optional<String> announce(List<RelayedEndpoint> changes);

  /** Whether it, or its conference, is gone. The bridge tells nobody. */
  boolean isExpired();

  /** Whether media can flow. */
  boolean isConnected();

  /** Counters as of now. */
  RelayLink.Stats stats();

  /** Frees it, and all endpoints of the other side. Waits for the bridge. */
  void expire();
}
