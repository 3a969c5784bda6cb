package io.github.jvbwhip.embedded;

import io.github.jvbwhip.core.bridge.EndReason;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Sessions that are not connected yet. They have time for that, as long as there is room. When most
 * places are taken by sessions whose clients have sent nothing yet but an offer, or all are taken,
 * those of them that are older than some seconds make room; and when all are taken, also those
 * whose clients have checked the bridge's addresses and not got any further for longer. Confined to
 * the bridge's timer.
 */
final class UnconnectedSessions {
  private static final long INTERVAL_NANOS = 1_000_000_000L;

  /** A client that is there checks as soon as it has the answer. */
  private static final long PATIENCE_NANOS = 5_000_000_000L;

  /** Late clients are heard late; once they are, they take a second or two. */
  private static final long LONG_PATIENCE_NANOS = 15_000_000_000L;

  private final Collection<BridgeSession> sessions;
  private final int places;

  /** Since when it is known that the clients are there of those that are not connected. */
  private final Map<BridgeSession, Long> heard = new LinkedHashMap<>();

  private long next;

  /**
   * @param sessions as they come and go
   * @param places how many there may be
   */
  UnconnectedSessions(Collection<BridgeSession> sessions, int places, long now) {
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
    boolean full = sessions.size() >= places;
    if (unheard * 2 > places || full) {
      sessions.stream()
          .filter(session -> !session.isHeard() && now - session.begun() > PATIENCE_NANOS)
          .forEach(
              session ->
                  session.end(
                      EndReason.ICE_FAILED,
                      "nothing came from the client, and others wait for its place"));
    }
    sessions.stream()
        .filter(session -> session.isHeard() && !session.isConnected())
        .forEach(session -> heard.putIfAbsent(session, now));
    heard.keySet().removeIf(session -> session.isOver() || session.isConnected());
    if (full) {
      List.copyOf(heard.entrySet()).stream()
          .filter(each -> now - each.getValue() > LONG_PATIENCE_NANOS)
          .forEach(
              each ->
                  each.getKey()
                      .end(
                          EndReason.ICE_FAILED,
                          "the client did not connect, and others wait for its place"));
    }
  }
}
