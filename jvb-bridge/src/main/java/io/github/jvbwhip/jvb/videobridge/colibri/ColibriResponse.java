package io.github.jvbwhip.jvb.videobridge.colibri;

import io.github.jvbwhip.jvb.host.BridgeTransport;
import java.util.Optional;

/** What the bridge answered. */
public sealed interface ColibriResponse {

  /** Done; with the endpoint's transport where the bridge told it. */
  record Done(Optional<BridgeTransport> transport) implements ColibriResponse {}

  /**
   * Not done.
   *
   * @param detail for the log
   */
  record Refused(Reason reason, String detail) implements ColibriResponse {}

  /** Why the bridge did not do it. */
  enum Reason {
    CONFERENCE_NOT_FOUND,
    CONFERENCE_EXISTS,
    ENDPOINT_NOT_FOUND,
    ENDPOINT_EXISTS,
    GRACEFUL_SHUTDOWN,
    NOT_SUPPORTED,
    BAD_REQUEST,
    OTHER
  }
}
