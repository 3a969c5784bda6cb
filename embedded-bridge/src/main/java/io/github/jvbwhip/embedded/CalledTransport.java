package io.github.jvbwhip.embedded;

import io.github.jvbwhip.core.bridge.BridgeException;
import io.github.jvbwhip.core.bridge.EndReason;
import io.github.jvbwhip.core.bridge.EndpointListener;
import io.github.jvbwhip.core.bridge.IngestEndpoint;
import io.github.jvbwhip.core.bridge.IngestRequest;
import io.github.jvbwhip.core.bridge.LocalTransport;
import io.github.jvbwhip.core.bridge.OfferedTransport;
import io.github.jvbwhip.embedded.transport.MediaTransport;
import io.github.jvbwhip.embedded.transport.TransportFactory;
import io.github.jvbwhip.embedded.transport.TransportListener;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * A transport that is offered before there is a session: what comes is the session's, once there is
 * one. Thread-safe.
 */
final class CalledTransport implements OfferedTransport, TransportListener {
  /** Opens the session that has the transport. */
  interface Opening {
    CompletableFuture<IngestEndpoint> open(
        IngestRequest request, EndpointListener listener, BridgeSession.Transports transport);
  }

  private final MediaTransport transport;
  private final Opening opening;
  private final AtomicBoolean given = new AtomicBoolean();
  private volatile @Nullable TransportListener session;

  CalledTransport(TransportFactory factory, Opening opening) throws BridgeException {
    this.opening = opening;
    this.transport = factory.call(Optional.empty(), this);
  }

  @Override
  public LocalTransport localTransport() {
    return transport.localTransport();
  }

  @Override
  public CompletableFuture<IngestEndpoint> openIngest(
      IngestRequest request, EndpointListener listener) {
    if (!given.compareAndSet(false, true)) {
      throw new IllegalStateException("the transport is a session's already, or closed");
    }
    CompletableFuture<IngestEndpoint> opened =
        opening.open(
            request,
            listener,
            (remote, of) -> {
              session = of;
              transport.connect(request.transport());
              return transport;
            });
    var unused =
        opened.whenComplete(
            (endpoint, failure) -> {
              if (failure != null) {
                transport.close();
              }
            });
    return opened;
  }

  @Override
  public void close() {
    if (given.compareAndSet(false, true)) {
      transport.close();
    }
  }

  // Before it is connected nothing comes.

  @Override
  public void onRtp(byte[] buffer, int offset, int length, long nanoTime) {
    TransportListener to = session;
    if (to != null) {
      to.onRtp(buffer, offset, length, nanoTime);
    }
  }

  @Override
  public void onRtcp(byte[] buffer, int offset, int length, long nanoTime) {
    TransportListener to = session;
    if (to != null) {
      to.onRtcp(buffer, offset, length, nanoTime);
    }
  }

  @Override
  public void onConnected() {
    TransportListener to = session;
    if (to != null) {
      to.onConnected();
    }
  }

  @Override
  public void onEnded(EndReason reason, String detail) {
    TransportListener to = session;
    if (to != null) {
      to.onEnded(reason, detail);
    }
  }
}
