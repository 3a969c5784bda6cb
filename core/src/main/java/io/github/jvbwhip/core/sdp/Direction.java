package io.github.jvbwhip.core.sdp;

/** The direction of a media section, as its sender sees it (RFC 8866 §6.7). */
public enum Direction {
  SENDRECV("sendrecv"),
  SENDONLY("sendonly"),
  RECVONLY("recvonly"),
  INACTIVE("inactive");

  private final String token;

  Direction(String token) {
    this.token = token;
  }

  public String token() {
    return token;
  }

  /** Whether the one who wrote it wants to send. */
  public boolean sends() {
    return this == SENDRECV || this == SENDONLY;
  }

  /** Whether the one who wrote it wants to receive. */
  public boolean receives() {
    return this == SENDRECV || this == RECVONLY;
  }

  /** The same direction as the other side sees it. */
  public Direction reversed() {
    return switch (this) {
      case SENDONLY -> RECVONLY;
      case RECVONLY -> SENDONLY;
      default -> this;
    };
  }
}
