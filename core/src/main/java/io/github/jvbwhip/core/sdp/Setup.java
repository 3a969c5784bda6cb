package io.github.jvbwhip.core.sdp;

/** The values of {@code a=setup} (RFC 4145 §4, RFC 8842 §5). */
public enum Setup {
  ACTPASS("actpass"),
  ACTIVE("active"),
  PASSIVE("passive"),
  HOLDCONN("holdconn");

  private final String token;

  Setup(String token) {
    this.token = token;
  }

  public String token() {
    return token;
  }
}
