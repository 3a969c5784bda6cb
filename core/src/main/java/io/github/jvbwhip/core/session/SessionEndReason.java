package io.github.jvbwhip.core.session;

import io.github.jvbwhip.core.bridge.EndReason;

/** Why a session ended. */
public enum SessionEndReason {
  /** The client sent DELETE. */
  DELETED,
  /** Another publisher took over the stream. */
  REPLACED,
  /** The player did not answer the server's offer in time. */
  OFFER_EXPIRED,
  /** The bridge gave no endpoint: nobody has learnt the session's URL. */
  NOT_OPENED,
  ICE_FAILED,
  CONSENT_LOST,
  DTLS_FAILED,
  DTLS_CLOSED,
  MEDIA_TIMEOUT,
  /** The publisher went on to send far more than it may. */
  BITRATE_EXCEEDED,
  /** The publisher went on to send larger pictures than it may. */
  RESOLUTION_EXCEEDED,
  /** Whoever let the client in did so until then. */
  TIME_OVER,
  /** Whoever runs the server has ended it. */
  OPERATOR,
  /** It has lasted as long as sessions may. */
  LONGEST_REACHED,
  SSRC_IN_USE,
  EXPIRED,
  SHUTDOWN,
  INTERNAL;

  /** The session's reason for an endpoint that ended by itself. */
  public static SessionEndReason of(EndReason reason) {
    return switch (reason) {
      case ICE_FAILED -> ICE_FAILED;
      case CONSENT_LOST -> CONSENT_LOST;
      case DTLS_FAILED -> DTLS_FAILED;
      case DTLS_CLOSED -> DTLS_CLOSED;
      case SSRC_IN_USE -> SSRC_IN_USE;
      case EXPIRED -> EXPIRED;
      case SHUTDOWN -> SHUTDOWN;
      case INTERNAL -> INTERNAL;
    };
  }

  /** What a client may be told, as a sentence. */
  public String sentence() {
    return switch (this) {
      case DELETED -> "The client ended it.";
      case REPLACED -> "Another publisher took over the stream.";
      case OFFER_EXPIRED -> "The offer was not answered in time.";
      case NOT_OPENED -> "The bridge could not open it.";
      case ICE_FAILED -> "No ICE candidate pair worked.";
      case CONSENT_LOST -> "The client no longer answered ICE consent checks.";
      case DTLS_FAILED -> "The DTLS handshake failed.";
      case DTLS_CLOSED -> "The client closed DTLS.";
      case MEDIA_TIMEOUT -> "No media came for too long.";
      case BITRATE_EXCEEDED -> "It sent more bits per second than it may.";
      case RESOLUTION_EXCEEDED -> "It sent larger pictures than it may.";
      case LONGEST_REACHED -> "It has lasted as long as a session may.";
      case TIME_OVER -> "The time for which it was let in is over.";
      case OPERATOR -> "Whoever runs the server has ended it.";
      case SSRC_IN_USE -> "Another publisher of the room sends with the same SSRC.";
      case EXPIRED -> "The bridge expired its endpoint.";
      case SHUTDOWN -> "The server is shutting down.";
      case INTERNAL -> "A fault inside the server.";
    };
  }
}
