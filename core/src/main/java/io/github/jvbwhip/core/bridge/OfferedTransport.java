package io.github.jvbwhip.core.bridge;

import java.util.concurrent.CompletableFuture;

/** A transport that was offered to a server which is to publish over it. Thread-safe. */
public interface OfferedTransport extends AutoCloseable {
  /** The bridge's side: what the offer says. */
  LocalTransport localTransport();

  /**
   * The server has answered: it publishes. Once; the transport is the endpoint's from then on.
   *
   * @param request with the server's side as it was answered
   * @return as of {@link Bridge#openIngest}
   */
  CompletableFuture<IngestEndpoint> openIngest(IngestRequest request, EndpointListener listener);

  /** Frees what no endpoint has. Idempotent. */
  @Override
  void close();
}
