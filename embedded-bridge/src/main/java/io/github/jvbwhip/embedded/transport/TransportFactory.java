package io.github.jvbwhip.embedded.transport;

import io.github.jvbwhip.core.bridge.BridgeException;
import io.github.jvbwhip.core.bridge.RemoteTransport;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;

/**
 * Makes the transports of a bridge's sessions, which share its UDP port, its certificate and its
 * threads. Thread-safe.
 */
public interface TransportFactory extends AutoCloseable {

  /** The addresses that are listened on, IPv4 first; all with the same port number. */
  List<InetSocketAddress> localAddresses();

  /** Whether all that comes is read. */
  boolean isLive();

  /** Likewise those of TCP; none where that is off. */
  List<InetSocketAddress> localTcpAddresses();

  /**
   * Makes a transport, which takes milliseconds. With {@code remote} it starts to connect at once
   * and may call the listener before this method returns; without, it waits for {@link
   * MediaTransport#connect}.
   *
   * @param remote empty when the bridge offers
   * @throws BridgeException {@code REFUSED} when the remote transport cannot be used (no usable
   *     fingerprint, ill-formed credentials), {@code INTERNAL} when the port is closed
   */
  MediaTransport create(Optional<RemoteTransport> remote, TransportListener listener)
      throws BridgeException;

  /**
   * Likewise to a server that the bridge calls: its addresses are checked at once, and it may wait
   * to be checked. It does not use the port that all others share, but one of its own.
   */
  MediaTransport call(Optional<RemoteTransport> remote, TransportListener listener)
      throws BridgeException;

  /**
   * Closes every transport (their listeners hear {@code SHUTDOWN}), then the port and the threads.
   * Idempotent.
   */
  @Override
  void close();
}
