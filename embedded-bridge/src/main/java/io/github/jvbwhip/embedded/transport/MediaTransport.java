package io.github.jvbwhip.embedded.transport;

import io.github.jvbwhip.core.bridge.BridgeException;
import io.github.jvbwhip.core.bridge.IceCredentials;
import io.github.jvbwhip.core.bridge.LocalTransport;
import io.github.jvbwhip.core.bridge.RemoteTransport;
import io.github.jvbwhip.core.bridge.SelectedPair;
import java.util.Optional;

/**
 * The one bundled transport of a session: ICE (RFC 8445), consent (RFC 7675), DTLS-SRTP (RFC 5764)
 * and nothing of the media in it. The client's candidates are of no use: it is found by its checks.
 * Thread-safe; after {@link #close} or {@link TransportListener#onEnded} every call is harmless.
 */
public interface MediaTransport extends AutoCloseable {

  /**
   * Bytes that must be free in the buffer behind a packet that is sent: 16 for an AES-GCM tag (RFC
   * 7714 §13) and 4 for the SRTCP index (RFC 3711 §3.4).
   */
  int TAILROOM = 20;

  /** The bridge's side: credentials, candidates (IPv4 host first), fingerprints, DTLS role. */
  LocalTransport localTransport();

  /**
   * Gives the client's side to a transport that was made without one, and starts to connect.
   *
   * @throws BridgeException {@code REFUSED} when it cannot be used, {@code ENDED} when the
   *     transport has ended
   * @throws IllegalStateException when it has one already
   */
  void connect(RemoteTransport remote) throws BridgeException;

  /**
   * Restarts ICE (RFC 8445 §9). Media goes on over the old pair until the new one is validated;
   * DTLS and SRTP go on as they are (RFC 8842 §5.5).
   *
   * @return the bridge's new credentials and its candidates
   * @throws BridgeException {@code RESTART_REFUSED} when the transport has no remote side yet or
   *     the credentials are ill-formed, {@code ENDED} when it has ended; it is kept as it was
   */
  LocalTransport restartIce(IceCredentials remote) throws BridgeException;

  /**
   * Encrypts an RTP packet in place and sends it. Waits for nothing but room in the kernel's
   * buffer, and allocates nothing but what the cipher needs. What is sent on a thread of the port
   * may go out a moment later, with what else has come already makes it send; in the same order.
   * May be called from any thread; packets of one SSRC have to come in the order of their sequence
   * numbers, give or take what SRTP's index estimate allows (RFC 3711 §3.3.1). A retransmission
   * without RTX has to be the very bytes of the first time, for else two plain texts would share a
   * key stream (§9.1); the packet that was sent last may be refused then.
   *
   * @param buffer what stands from {@code offset} to {@code offset + length + TAILROOM} is the
   *     transport's during the call, and undefined after it
   * @return whether it goes to the socket; false when not connected, or ended
   * @throws IndexOutOfBoundsException when {@link #TAILROOM} bytes are not free behind the packet
   */
  boolean sendRtp(byte[] buffer, int offset, int length);

  /**
   * Encrypts a compound RTCP packet in place and sends it; otherwise as {@link #sendRtp}.
   *
   * @return whether it goes to the socket
   */
  boolean sendRtcp(byte[] buffer, int offset, int length);

  /** Whether an authentic check of the client has come: it is there, or was. */
  boolean isHeard();

  /** What media goes over; empty until ICE has found that. */
  Optional<SelectedPair> pair();

  /** Counters as of now. */
  TransportStats stats();

  /**
   * Says goodbye (DTLS close_notify) and frees everything. Idempotent; the listener is not told.
   */
  @Override
  void close();
}
