package io.github.jvbwhip.integration.edge;

import static io.github.jvbwhip.integration.edge.Edges.SOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.core.bridge.LayerInfo;
import io.github.jvbwhip.core.bridge.StreamSnapshot;
import io.github.jvbwhip.integration.ChosenLayers;
import io.github.jvbwhip.integration.EmbeddedServer;
import io.github.jvbwhip.testpeer.TestPeer;
import io.github.jvbwhip.testpeer.VideoSettings;
import io.github.jvbwhip.testpeer.media.Codec;
import io.github.jvbwhip.testpeer.sdp.OfferSpec;
import io.github.jvbwhip.testpeer.signalling.Reply;
import java.net.URI;
import java.util.List;
import java.util.Map;

/** Publishers of three encodings, {@code l}, {@code m} and {@code h}, and players who choose. */
final class Simulcast {
  static final Map<String, String> SIZES = Map.of("l", "320x180", "m", "640x360", "h", "1280x720");

  private Simulcast() {}

  /** 320x180, 640x360 and 1280x720. */
  static TestPeer publish(URI endpoint) {
    TestPeer peer = TestPeer.open();
    Reply reply =
        peer.connect(endpoint, OfferSpec.simulcastPublisher(Codec.VP8, "l", "m", "h"), Map.of());
    assertThat(reply.status()).as(reply.body()).isEqualTo(201);
    peer.awaitConnected(SOON);
    peer.audio().start();
    peer.video(new VideoSettings(1280, 720, 25, 300_000, 0)).start();
    return peer;
  }

  static Reply play(TestPeer peer, URI endpoint) {
    Reply reply = peer.connect(endpoint, OfferSpec.player(Codec.VP8));
    assertThat(reply.status()).as(reply.body()).isEqualTo(201);
    peer.awaitConnected(SOON);
    return reply;
  }

  /** Waits until the picture has that size, and goes on so. */
  static void awaitSize(TestPeer player, String size) {
    player.await(size, SOON, () -> size(player).equals(size));
    int seen = player.received().frames();
    player.await("more of it", SOON, () -> player.received().frames() >= seen + 20);
    assertThat(size(player)).isEqualTo(size);
  }

  private static String size(TestPeer player) {
    return player.received().video().stream()
        .map(stream -> stream.lastSize())
        .findFirst()
        .orElse("");
  }

  /** Waits until a room's only stream has these encodings. */
  static void awaitLayers(EmbeddedServer server, String room, String... rids) {
    Edges.awaitRoom(
        server,
        room,
        "layers " + List.of(rids),
        snapshot ->
            snapshot.streams().stream()
                .map(StreamSnapshot::layers)
                .map(layers -> layers.stream().map(LayerInfo::rid).toList())
                .anyMatch(
                    found ->
                        found.stream().map(rid -> rid.orElse("")).toList().equals(List.of(rids))));
  }

  /** Chooses, as soon as that can be had. */
  static void choose(Reply session, String rid) {
    ChosenLayers.choose(session, wish(rid), SOON);
  }

  static Reply select(Reply session, String rid) {
    return ChosenLayers.select(session, wish(rid));
  }

  private static String wish(String rid) {
    return "{\"rid\":\"" + rid + "\"}";
  }
}
