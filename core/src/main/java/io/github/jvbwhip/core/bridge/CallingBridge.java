package io.github.jvbwhip.core.bridge;

import java.util.concurrent.CompletableFuture;

/**
 * A bridge whose endpoints can also belong to other servers that it calls, as a client of WHEP or
 * WHIP. Those are chosen by whoever runs it: the bridge checks their addresses at once, and takes
 * servers for peers that wait to be checked (ICE lite, RFC 8445 §2.5).
 */
public interface CallingBridge extends Bridge {
  /**
   * Makes the transport of an offer to receive.
   *
   * @return fails as {@link #openIngest}
   */
  CompletableFuture<OfferedTransport> offerTransport();

  /** As {@link #openIngest}, where the other server has made the offer. */
  CompletableFuture<IngestEndpoint> openCalledIngest(
      IngestRequest request, EndpointListener listener);

  /**
   * As {@link #openEgress} without a remote transport, for a server that takes what is sent; it is
   * no viewer.
   */
  CompletableFuture<EgressEndpoint> openForward(EgressRequest request, EndpointListener listener);
}
