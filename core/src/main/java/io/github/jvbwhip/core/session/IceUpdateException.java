package io.github.jvbwhip.core.session;

/** A PATCH that does not fit the session as it is; the session is kept. */
public final class IceUpdateException extends Exception {
  private static final long serialVersionUID = 1L;

  /** What does not fit. */
  public enum Reason {
    /** {@code If-Match} is missing (RFC 6585 §3). */
    PRECONDITION_REQUIRED,
    /** The entity tag, or the ICE session that is meant, is not the current one. */
    PRECONDITION_FAILED,
    /** Too much came before the answer to the server's offer. */
    NOT_ANSWERED
  }

  private final Reason reason;

  /**
   * @param message may be shown to a client
   */
  IceUpdateException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}
