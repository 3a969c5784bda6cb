package io.github.jvbwhip.core.bridge;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The bridge said no. Carries a reason, never an HTTP status; nothing was left allocated. */
public final class BridgeException extends Exception {
  private static final long serialVersionUID = 1L;

  /** Why the bridge said no. */
  public enum Reason {
    STREAM_IN_USE,
    ROOM_NOT_FOUND,
    STREAM_NOT_FOUND,
    DRAINING,
    OVERLOADED,
    REFUSED,
    /** The room has none of the codecs of an m-section. */
    NO_COMMON_CODEC,
    /** Whoever runs the room does not let this client in. */
    FORBIDDEN,
    /** What is asked for comes from the server that asks. */
    LOOP,
    RESTART_REFUSED,
    LAYER_UNAVAILABLE,
    ENDED,
    /** The bridge did not answer in time. */
    TIMED_OUT,
    INTERNAL
  }

  private final Reason reason;
  private final Optional<Duration> retryAfter;
  private final Optional<String> elsewhere;

  /**
   * @param message may be shown to a client: no secrets, no internals
   */
  public BridgeException(Reason reason, String message) {
    this(reason, message, Optional.empty(), null);
  }

  /**
   * @param retryAfter when it makes sense to try again
   * @param cause for the log only
   */
  public BridgeException(
      Reason reason, String message, Optional<Duration> retryAfter, @Nullable Throwable cause) {
    this(reason, message, retryAfter, Optional.empty(), cause);
  }

  private BridgeException(
      Reason reason,
      String message,
      Optional<Duration> retryAfter,
      Optional<String> elsewhere,
      @Nullable Throwable cause) {
    super(message, cause);
    this.reason = reason;
    this.retryAfter = retryAfter;
    this.elsewhere = elsewhere;
  }

  /**
   * Another server has what is wanted.
   *
   * @param server the URL under which its endpoints are; empty where it is not known
   */
  public static BridgeException elsewhere(
      String message, Duration retryAfter, Optional<String> server) {
    return new BridgeException(Reason.OVERLOADED, message, Optional.of(retryAfter), server, null);
  }

  public Reason reason() {
    return reason;
  }

  /** When it makes sense to try again. */
  public Optional<Duration> retryAfter() {
    return retryAfter;
  }

  /** Where else to try, at once. */
  public Optional<String> elsewhere() {
    return elsewhere;
  }
}
