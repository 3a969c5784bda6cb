package io.github.jvbwhip.jvb.colibri;

import io.github.jvbwhip.core.bridge.Fingerprint;
import io.github.jvbwhip.core.bridge.IceCandidate;
import io.github.jvbwhip.core.bridge.IceCredentials;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

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

  /**
   * The bridge's side of a transport.
   *
   * @param candidates IPv4 host candidates first
   * @param generation the ICE generation, after a restart
   */
  record BridgeTransport(
      IceCredentials credentials,
      List<IceCandidate> candidates,
      List<Fingerprint> fingerprints,
      OptionalInt generation) {
    public BridgeTransport {
      candidates = List.copyOf(candidates);
      fingerprints = List.copyOf(fingerprints);
    }
  }
}
