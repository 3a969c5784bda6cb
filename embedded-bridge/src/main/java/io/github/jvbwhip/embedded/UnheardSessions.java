package io.github.jvbwhip.embedded;

import io.github.jvbwhip.core.bridge.EndReason;
import java.util.Collection;

/**
 * Sessions whose clients have sent nothing yet but an offer. They have time to connect, as long as
 * there is room: when most places are taken by such sessions, or all are taken, those of them that
 * are older than some seconds make room. Confined to the bridge's timer.
 */
final class UnheardSessions {
  private static final long INTERVAL_NANOS = 1_000_000_000L;

  /** A client that is there checks as soon as it has the answer. */
  private static final long PATIENCE_NANOS = 5_000_000_000L;

  private final Collection<BridgeSession> sessions;
  private final int places;
  private long next;

  /**
   * @param sessions as they come and go
   * @param places how many there may be
   */
  UnheardSessions(Collection<BridgeSession> sessions, int places, long now) {
    this.sessions = sessions;
    this.places = places;
    this.next = now;
  }

  /** To be called several times a second. */
  void look(long now) {
    if (now - next < 0) {
      return;
    }
    next = now + INTERVAL_NANOS;
    long unheard = sessions.stream().filter(session -> !session.isHeard()).count();
    if (unheard * 2 <= places && sessions.size() < places) {
      return;
    }
    sessions.stream()
        .filter(session -> !session.isHeard() && now - session.begun() > PATIENCE_NANOS)
        .forEach(
            session ->
                session.end(
                    EndReason.ICE_FAILED,
                    "nothing came from the client, and others wait for its place"));
  }
}
