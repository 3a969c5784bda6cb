package io.github.jvbwhip.core.bridge;

/** Who starts the DTLS handshake (RFC 8842 §5): the active side is the DTLS client. */
public enum DtlsRole {
  ACTIVE,
  PASSIVE;

  /** The peer's role. */
  public DtlsRole opposite() {
    return this == ACTIVE ? PASSIVE : ACTIVE;
  }
}
