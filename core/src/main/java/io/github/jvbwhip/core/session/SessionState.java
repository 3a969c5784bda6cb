package io.github.jvbwhip.core.session;

/**
 * Where a session is in its life.
 *
 * <pre>
 *             OPENING  OFFERED  CONNECTING  CONNECTED  ENDED
 * OPENING        -        x         x           -        x
 * OFFERED        -        -         x           -        x
 * CONNECTING     -        -         -           x        x
 * CONNECTED      -        -         -           -        x
 * ENDED          -        -         -           -        -
 * </pre>
 *
 * An ICE restart changes the entity tag, not the state.
 */
public enum SessionState {
  /** The bridge is being asked for an endpoint. */
  OPENING,
  /** The server's offer waits for the player's answer (WHEP counter-offer). */
  OFFERED,
  /** Offer and answer are exchanged; ICE and DTLS are not up yet. */
  CONNECTING,
  /** Media can flow. */
  CONNECTED,
  /** Gone; a tombstone remembers why. */
  ENDED;

  /** Whether the table above has that edge. */
  public boolean canBecome(SessionState next) {
    return switch (this) {
      case OPENING -> next == OFFERED || next == CONNECTING || next == ENDED;
      case OFFERED -> next == CONNECTING || next == ENDED;
      case CONNECTING -> next == CONNECTED || next == ENDED;
      case CONNECTED -> next == ENDED;
      case ENDED -> false;
    };
  }
}
