package io.github.jvbwhip.embedded.transport;

import io.github.jvbwhip.core.bridge.BridgeException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;

/**
 * The sockets of transports to servers, each of which has its own: a server knows its clients by
 * their addresses, and several sessions from one address would be one to it. Thread-safe.
 */
final class CallSockets {
  /** What is said at the end goes out before. */
  private static final Duration GOODBYE = Duration.ofSeconds(1);

  private final Set<UdpSocket> open = ConcurrentHashMap.newKeySet();

  /** Binds some. */
  interface Binder {
    List<UdpSocket> bind() throws IOException;
  }

  /** What a new transport has instead of the port. */
  TransportEnvironment bind(TransportEnvironment port, Binder binder) throws BridgeException {
    try {
      List<UdpSocket> bound = binder.bind();
      open.addAll(bound);
      bound.forEach(UdpSocket::start);
      return port.on(
          bound,
          LocalCandidates.of(bound.stream().map(UdpSocket::localAddress).toList(), List.of()));
    } catch (IOException e) {
      throw new BridgeException(
          BridgeException.Reason.INTERNAL, "no UDP port is free", Optional.empty(), e);
    }
  }

  /** Closes those of a transport that has ended, a moment later. */
  void release(TransportEnvironment of) {
    try {
      var unused = of.threads().after(GOODBYE, () -> of.sockets().forEach(this::close));
    } catch (RejectedExecutionException e) {
      // The port is being closed, and closes them all.
    }
  }

  private void close(UdpSocket socket) {
    socket.close();
    open.remove(socket);
  }

  /** Closes them all. */
  void close() {
    open.forEach(this::close);
  }
}
