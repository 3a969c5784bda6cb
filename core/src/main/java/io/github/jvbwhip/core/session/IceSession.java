package io.github.jvbwhip.core.session;

import io.github.jvbwhip.core.bridge.BridgeEndpoint;
import io.github.jvbwhip.core.bridge.BridgeException;
import io.github.jvbwhip.core.bridge.IceCredentials;
import io.github.jvbwhip.core.bridge.LocalTransport;
import io.github.jvbwhip.core.negotiation.AnswerOutline;
import io.github.jvbwhip.core.negotiation.IceUpdate;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * The client's ICE credentials of a session, past and present, and what they make of a PATCH (RFC
 * 9725 §4.3). Confined to the session's serial executor, except {@link #entityTag}.
 */
final class IceSession {
  /** Enough for every restart that can still have requests under way. */
  private static final int REMEMBERED = 16;

  private final AnswerOutline outline;
  private final RandomGenerator random;
  private final Deque<String> formerUfrags = new ArrayDeque<>();
  private String ufrag;
  private volatile EntityTag entityTag;

  IceSession(
      IceCredentials remote, AnswerOutline outline, EntityTag entityTag, RandomGenerator random) {
    this.outline = outline.forRestarts();
    this.ufrag = remote.ufrag();
    this.entityTag = entityTag;
    this.random = random;
  }

  EntityTag entityTag() {
    return entityTag;
  }

  IceOutcome apply(BridgeEndpoint endpoint, IfMatch ifMatch, IceUpdate update, boolean strict)
      throws IceUpdateException, BridgeException {
    checkPrecondition(ifMatch, entityTag, strict);
    // By the fragment alone: RFC 9725's own trickle example repeats it with another password.
    Optional<IceCredentials> named = update.credentials();
    if (named.isEmpty() || named.get().ufrag().equals(ufrag)) {
      endpoint.addRemoteCandidates(update.candidates(), update.endOfCandidates());
      return new IceOutcome.CandidatesAdded();
    }
    return restart(endpoint, named.get(), ifMatch, update, strict);
  }

  /**
   * @param current the tag of the ICE session
   */
  static void checkPrecondition(IfMatch ifMatch, EntityTag current, boolean strict)
      throws IceUpdateException {
    if (ifMatch.kind() == IfMatch.Kind.ABSENT && strict) {
      throw new IceUpdateException(
          IceUpdateException.Reason.PRECONDITION_REQUIRED,
          "Send If-Match with the session's entity tag, or with * for an ICE restart.");
    }
    if (ifMatch.kind() == IfMatch.Kind.TAGS && !ifMatch.tags().contains(current)) {
      throw new IceUpdateException(
          IceUpdateException.Reason.PRECONDITION_FAILED,
          "The entity tag is not that of the current ICE session.");
    }
  }

  private IceOutcome restart(
      BridgeEndpoint endpoint,
      IceCredentials remote,
      IfMatch ifMatch,
      IceUpdate update,
      boolean strict)
      throws IceUpdateException, BridgeException {
    if (formerUfrags.contains(remote.ufrag())) {
      // A late request of an ICE session that is over must not bring it back (RFC 9725 §4.3.3).
      throw new IceUpdateException(
          IceUpdateException.Reason.PRECONDITION_FAILED,
          "These credentials belong to an ICE session that was restarted since.");
    }
    if (strict && ifMatch.kind() != IfMatch.Kind.ANY) {
      throw new IceUpdateException(
          IceUpdateException.Reason.PRECONDITION_REQUIRED, "An ICE restart needs If-Match: *.");
    }
    LocalTransport transport = endpoint.restartIce(remote, update.candidates());
    if (update.endOfCandidates()) {
      endpoint.addRemoteCandidates(List.of(), true);
    }
    formerUfrags.addLast(ufrag);
    if (formerUfrags.size() > REMEMBERED) {
      formerUfrags.removeFirst();
    }
    ufrag = remote.ufrag();
    EntityTag tag = EntityTag.random(random);
    entityTag = tag;
    return new IceOutcome.Restarted(tag, transport, outline);
  }
}
