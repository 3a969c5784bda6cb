package io.github.jvbwhip.core.bridge;

import java.util.List;
import java.util.Optional;

/**
 * The media endpoint that the bridge allocated for one session. Thread-safe; after {@link #close}
 * or an {@linkplain EndpointListener#ended end} every call is harmless.
 */
public interface BridgeEndpoint {

  /** The bridge's own identifier; safe to log. */
  String id();

  /** The bridge's side of the transport: what the answer says. */
  LocalTransport localTransport();

  /**
   * Adds candidates that the client trickled (RFC 8838). Duplicates, and kinds that the bridge does
   * not use (TCP, mDNS names), are ignored.
   *
   * @param endOfCandidates whether the client said that no more will come (RFC 8840 §4.4)
   */
  void addRemoteCandidates(List<IceCandidate> candidates, boolean endOfCandidates);

  /**
   * Restarts ICE (RFC 8445 §9) with the client's new credentials and candidates. Media goes on over
   * the old pair until the new one is validated.
   *
   * @return the bridge's new credentials and its candidates
   * @throws BridgeException {@code RESTART_REFUSED} when the bridge cannot; the session is kept as
   *     it was. {@code OVERLOADED} or {@code TIMED_OUT} when the bridge does not answer in time:
   *     the endpoint may end then
   */
  LocalTransport restartIce(IceCredentials remote, List<IceCandidate> candidates)
      throws BridgeException;

  /** Counters as of now. */
  EndpointStats stats();

  /**
   * What its media goes over; empty until ICE has selected that, which may be a moment after it
   * connects over a pair that works.
   */
  Optional<SelectedPair> pair();

  /** Frees the endpoint. Idempotent; the listener hears nothing of it. */
  void close();
}
