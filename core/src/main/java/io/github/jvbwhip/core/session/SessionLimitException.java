package io.github.jvbwhip.core.session;

/** The registry takes no further session now. */
public final class SessionLimitException extends Exception {
  private static final long serialVersionUID = 1L;

  /** Which bound was met. */
  public enum Reason {
    SERVER_FULL,
    ROOM_FULL,
    OWNER_FULL,
    /** Too many of the client's network are not connected yet. */
    NETWORK_CONNECTING,
    /** The client's network has as many as it may have. */
    NETWORK_FULL,
    CLOSED
  }

  private final Reason reason;

  SessionLimitException(Reason reason) {
    super(
        switch (reason) {
          case SERVER_FULL -> "The server has as many sessions as it is configured for.";
          case ROOM_FULL -> "The room has as many sessions as it is configured for.";
          case OWNER_FULL -> "Whoever opens this session has as many as they may have.";
          case NETWORK_FULL -> "This address has as many sessions as one may have.";
          case NETWORK_CONNECTING -> "Too many sessions of this address are not connected yet.";
          case CLOSED -> "The server is shutting down.";
        });
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}
