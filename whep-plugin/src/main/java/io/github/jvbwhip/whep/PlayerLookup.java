package io.github.jvbwhip.whep;

import io.github.jvbwhip.core.bridge.EgressEndpoint;
import io.github.jvbwhip.core.session.Session;
import io.github.jvbwhip.core.session.SessionRegistry;
import io.github.jvbwhip.core.session.SessionSecret;
import io.github.jvbwhip.http.ProblemException;
import io.github.jvbwhip.http.ProblemType;
import io.github.jvbwhip.http.SessionResource;

/** Finds the session of an extension's URL, when the request comes. */
final class PlayerLookup {
  private final String segment;
  private final SessionRegistry<EgressEndpoint> sessions;
  private final Players players;

  /**
   * @param segment the path segment that holds the secret
   */
  PlayerLookup(String segment, SessionRegistry<EgressEndpoint> sessions, Players players) {
    this.segment = segment;
    this.sessions = sessions;
    this.players = players;
  }

  /**
   * @throws ProblemException 404 when there is none, or none any more
   */
  PlayerSession find() throws ProblemException {
    Session<EgressEndpoint> session = SessionResource.session(SessionSecret.of(segment), sessions);
    return players
        .of(session)
        .orElseThrow(
            () -> new ProblemException(ProblemType.SESSION_ENDED, "The session has ended."));
  }
}
