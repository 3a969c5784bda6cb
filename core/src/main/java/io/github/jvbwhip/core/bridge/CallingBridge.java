package io.github.jvbwhip.core.bridge;

import java.util.List;
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
   * The RIDs of the encodings that a stream's first video may have at a time, in the order of its
   * publisher's offer; empty where it has one, or they have no names.
   */
  List<String> encodings(RoomName room, StreamName stream);

  /**
   * As {@link #openEgress} without a remote transport, for a server that takes what is sent; it is
   * no viewer. It may get several encodings of a video at a time.
   */
  CompletableFuture<EgressEndpoint> openForward(EgressRequest request, EndpointListener listener);
}
