package io.github.jvbwhip.core.bridge;

/** Why an endpoint ended without being closed. */
public enum EndReason {
  /** No candidate pair worked in time. */
  ICE_FAILED,
  /** The peer no longer answers consent checks (RFC 7675). */
  CONSENT_LOST,
  /** The DTLS handshake failed, or the certificate is not the one that was signalled. */
  DTLS_FAILED,
  /** The peer closed DTLS: it went away without DELETE. */
  DTLS_CLOSED,
  /** Another publisher of the room has an SSRC that it began to send with. */
  SSRC_IN_USE,
  /** The bridge expired the endpoint or its room. */
  EXPIRED,
  /** The bridge is shutting down. */
  SHUTDOWN,
  /** A fault inside the bridge. */
  INTERNAL
}
