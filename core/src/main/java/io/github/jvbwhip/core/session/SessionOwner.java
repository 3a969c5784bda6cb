package io.github.jvbwhip.core.session;

import io.github.jvbwhip.core.bridge.ClientNetwork;
import java.util.OptionalInt;

/**
 * Who opens a session.
 *
 * @param identity the same for all sessions of one owner, and for nobody else's; not to be shown
 * @param maxSessions how many it may have at a time; empty for as many as there is room for
 * @param network where it is
 */
public record SessionOwner(String identity, OptionalInt maxSessions, ClientNetwork network) {

  /** Leaves the identity out. */
  @Override
  public String toString() {
    return "SessionOwner[]";
  }
}
