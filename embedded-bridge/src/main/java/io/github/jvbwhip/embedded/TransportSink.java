package io.github.jvbwhip.embedded;

import io.github.jvbwhip.embedded.forward.PacketSink;
import io.github.jvbwhip.embedded.transport.MediaTransport;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Sends through a transport that is attached later: a publisher or player exists before its
 * transport, so that no packet comes too early. Thread-safe.
 */
final class TransportSink implements PacketSink {
  private final CompletableFuture<Throwable> fault = new CompletableFuture<>();
  private volatile @Nullable MediaTransport transport;

  void attach(MediaTransport made) {
    transport = made;
  }

  /** The first fault of ours in what is done for the client, when there is one. */
  CompletionStage<Throwable> fault() {
    return fault;
  }

  @Override
  public boolean sendRtp(byte[] buffer, int offset, int length) {
    MediaTransport to = transport;
    return to != null && to.sendRtp(buffer, offset, length);
  }

  @Override
  public boolean sendRtcp(byte[] buffer, int offset, int length) {
    MediaTransport to = transport;
    return to != null && to.sendRtcp(buffer, offset, length);
  }

  @Override
  public void failed(Throwable e) {
    fault.complete(e);
  }
}
