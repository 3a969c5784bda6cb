package io.github.jvbwhip.core.session;

import io.github.jvbwhip.core.bridge.BridgeEndpoint;
import io.github.jvbwhip.core.bridge.BridgeException;
import io.github.jvbwhip.core.bridge.IceCredentials;
import io.github.jvbwhip.core.negotiation.AnswerOutline;
import io.github.jvbwhip.core.negotiation.IceUpdate;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The ICE of a session from its first entity tag on: what a client sends before offer and answer
 * are exchanged is kept until then. Confined to the session's serial executor, except {@link
 * #entityTag} and {@link #begin}.
 */
final class SessionIce {
  private final RandomGenerator random;
  private final EntityTag firstTag;
  private final EarlyCandidates early = new EarlyCandidates();
  private volatile @Nullable IceSession current;

  SessionIce(RandomGenerator random) {
    this.random = random;
    this.firstTag = EntityTag.random(random);
  }

  /** The tag of the current ICE session. */
  EntityTag entityTag() {
    IceSession now = current;
    return now == null ? firstTag : now.entityTag();
  }

  /** Offer and answer are exchanged. */
  void begin(IceCredentials remote, AnswerOutline outline) {
    current = new IceSession(remote, outline, firstTag, random);
  }

  /** Hands over what came before the answer and belongs to it. */
  void addEarly(BridgeEndpoint endpoint, IceCredentials remote) {
    early.addTo(endpoint, remote);
  }

  /**
   * Trickle or restart.
   *
   * @param endpoint there once offer and answer are exchanged
   */
  IceOutcome update(
      Supplier<? extends BridgeEndpoint> endpoint,
      IfMatch ifMatch,
      IceUpdate update,
      boolean strict)
      throws IceUpdateException, BridgeException {
    IceSession now = current;
    if (now == null) {
      IceSession.checkPrecondition(ifMatch, firstTag, strict);
      early.keep(update);
      return new IceOutcome.CandidatesAdded();
    }
    return now.apply(endpoint.get(), ifMatch, update, strict);
  }
}
