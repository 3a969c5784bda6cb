package io.github.jvbwhip.conformance.client;

import io.github.jvbwhip.testpeer.PeerOptions;
import io.github.jvbwhip.testpeer.TestPeer;
import io.github.jvbwhip.testpeer.media.Codec;
import io.github.jvbwhip.testpeer.sdp.MediaSpec;
import io.github.jvbwhip.testpeer.sdp.MediaSpec.Direction;
import io.github.jvbwhip.testpeer.sdp.OfferSpec;
import io.github.jvbwhip.testpeer.transport.LocalAddresses;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;

/** WebRTC peers, and the offers they make: those of browsers, with what the documents add. */
public final class Peers {
  private static final int ANY_PORT = 9;

  private Peers() {}

  /** For a peer on the address from which the server is reached. */
  static PeerOptions optionsTowards(URI server) {
    return PeerOptions.defaults().withAddress(addressTowards(server));
  }

  private static InetAddress addressTowards(URI server) {
    try (DatagramSocket socket = new DatagramSocket()) {
      InetSocketAddress there = new InetSocketAddress(server.getHost(), ANY_PORT);
      if (there.isUnresolved() || there.getAddress().isLoopbackAddress()) {
        // A server on this machine is reached at any address of it, and may not use loopback.
        return LocalAddresses.preferred();
      }
      socket.connect(there);
      return socket.getLocalAddress();
    } catch (IOException e) {
      return LocalAddresses.preferred();
    }
  }

  /** Opus and VP8 or H264 to publish; with RIDs VP8 in as many encodings, smallest first. */
  public static String publisherOffer(TestPeer peer, String... rids) {
    MediaSpec video =
        rids.length == 0
            ? MediaSpec.video(Direction.SENDONLY, Codec.VP8, Codec.H264)
            : MediaSpec.video(Direction.SENDONLY, Codec.VP8).withRids(rids);
    return peer.offer(complete(OfferSpec.of(MediaSpec.audio(Direction.SENDONLY), video)));
  }

  /** Opus and all video codecs to watch. */
  public static String playerOffer(TestPeer peer) {
    return peer.offer(
        complete(
            OfferSpec.of(
                MediaSpec.audio(Direction.RECVONLY),
                MediaSpec.video(Direction.RECVONLY, Codec.VP8, Codec.VP9, Codec.H264, Codec.AV1))));
  }

  /** The offer of the protocol's client. */
  public static String offer(Protocol protocol, TestPeer peer) {
    return protocol == Protocol.WHIP ? publisherOffer(peer) : playerOffer(peer);
  }

  /** With {@code rtcp-mux-only}, which the documents want and browsers do not say. */
  private static OfferSpec complete(OfferSpec spec) {
    return spec.edited(text -> text.replace("a=rtcp-mux\r\n", "a=rtcp-mux\r\na=rtcp-mux-only\r\n"));
  }
}
