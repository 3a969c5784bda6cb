package io.github.jvbwhip.core.bridge;

import java.time.Duration;
import java.util.Optional;

/**
 * Whether a bridge takes new sessions.
 *
 * @param retryAfter when to ask again, where that is known
 * @param detail why it takes none: a sentence that may be shown to a client; empty when it does
 */
public record Availability(State state, Optional<Duration> retryAfter, String detail) {

  /** What a bridge does with a new session. */
  public enum State {
    ACCEPTING,
    /** Graceful shutdown or drain: live sessions go on, new ones go elsewhere. */
    DRAINING,
    OVERLOADED
  }

  public static final Availability ACCEPTING =
      new Availability(State.ACCEPTING, Optional.empty(), "");

  /** Nothing is taken any more. */
  public static Availability draining(Optional<Duration> retryAfter) {
    return new Availability(
        State.DRAINING, retryAfter, "The bridge drains; new sessions go elsewhere.");
  }

  /** Nothing is taken for now. */
  public static Availability overloaded(Optional<Duration> retryAfter, String detail) {
    return new Availability(State.OVERLOADED, retryAfter, detail);
  }

  /** What a new session is refused with, if it is. */
  public Optional<BridgeException> refusal() {
    return switch (state) {
      case ACCEPTING -> Optional.empty();
      case DRAINING -> Optional.of(refused(BridgeException.Reason.DRAINING));
      case OVERLOADED -> Optional.of(refused(BridgeException.Reason.OVERLOADED));
    };
  }

  private BridgeException refused(BridgeException.Reason reason) {
    return new BridgeException(reason, detail, retryAfter, null);
  }
}
