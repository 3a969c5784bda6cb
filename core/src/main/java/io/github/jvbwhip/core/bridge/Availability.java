package io.github.jvbwhip.core.bridge;

import java.time.Duration;
import java.util.Optional;

/**
 * Whether a bridge takes new sessions.
 *
 * @param retryAfter when to ask again, where that is known
 */
public record Availability(State state, Optional<Duration> retryAfter) {

  /** What a bridge does with a new session. */
  public enum State {
    ACCEPTING,
    /** Graceful shutdown or drain: live sessions go on, new ones go elsewhere. */
    DRAINING,
    OVERLOADED
  }

  public static final Availability ACCEPTING = new Availability(State.ACCEPTING, Optional.empty());
}
