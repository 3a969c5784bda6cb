package io.github.jvbwhip.core.bridge;

/**
 * A user name fragment and password (RFC 8445 §5.3): 4 to 256 and 22 to 256 ice-chars. The password
 * never appears in {@link #toString}.
 */
public record IceCredentials(String ufrag, String pwd) {
  @Override
  public String toString() {
    return "IceCredentials[ufrag=" + ufrag + "]";
  }
}
