package io.github.jvbwhip.core.session;

import io.github.jvbwhip.core.bridge.LocalTransport;
import io.github.jvbwhip.core.negotiation.AnswerOutline;

/** What a PATCH did. */
public sealed interface IceOutcome {

  /** Trickle (RFC 9725 §4.3.2): 204. */
  record CandidatesAdded() implements IceOutcome {}

  /**
   * Restart (RFC 9725 §4.3.3): 200 with the new transport and tag.
   *
   * @param outline of the session's answer, to write the fragment with
   */
  record Restarted(EntityTag entityTag, LocalTransport transport, AnswerOutline outline)
      implements IceOutcome {}
}
