package io.github.jvbwhip.http.sessions;

import io.github.jvbwhip.core.session.Session;
import io.github.jvbwhip.core.session.SessionRegistry;
import io.github.jvbwhip.core.session.SessionSecret;
import io.github.jvbwhip.core.session.Tombstone;
import io.github.jvbwhip.http.problems.ProblemException;
import io.github.jvbwhip.http.problems.ProblemType;
import java.util.Optional;

/**
 * Finds the session of a URL, when the request comes. Immutable.
 *
 * @param <S> the protocol's kind of session
 */
public final class SessionFinder<S extends Session<?>> {
  private final Optional<SessionSecret> secret;
  private final SessionRegistry<S> sessions;

  /**
   * @param segment the path segment that holds the secret
   */
  public SessionFinder(String segment, SessionRegistry<S> sessions) {
    this.secret = SessionSecret.of(segment);
    this.sessions = sessions;
  }

  /**
   * @throws ProblemException 404, which says why the session ended where that is remembered
   */
  public S find() throws ProblemException {
    Optional<S> live = findLive();
    if (live.isPresent()) {
      return live.get();
    }
    Optional<Tombstone> ended = findEnded();
    if (ended.isPresent()) {
      throw new ProblemException(
          ProblemType.SESSION_ENDED, ended.get().end().reason().sentence() + " Start a new one.");
    }
    throw unknown();
  }

  Optional<S> findLive() {
    return secret.flatMap(sessions::find);
  }

  Optional<Tombstone> findEnded() {
    return secret.flatMap(sessions::findEnded);
  }

  static ProblemException unknown() {
    return new ProblemException(
        ProblemType.NOT_FOUND, "There is no such session, or it ended a while ago.");
  }
}
