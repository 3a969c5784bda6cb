package io.github.jvbwhip.integration.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.core.bridge.RoomName;
import io.github.jvbwhip.core.bridge.RoomSnapshot;
import io.github.jvbwhip.integration.EmbeddedServer;
import io.github.jvbwhip.testpeer.Signal;
import io.github.jvbwhip.testpeer.TestPeer;
import io.github.jvbwhip.testpeer.VideoSettings;
import io.github.jvbwhip.testpeer.media.Codec;
import io.github.jvbwhip.testpeer.sdp.OfferSpec;
import io.github.jvbwhip.testpeer.signalling.Reply;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** What tests of edges have in common. */
final class Edges {
  static final Duration SOON = Duration.ofSeconds(45);

  private Edges() {}

  /** An edge of one origin, which lets go after a second. */
  static EmbeddedServer of(URI origin, Map<String, ?> entry) {
    return of(0, origin, entry);
  }

  /** The same on that port. */
  static EmbeddedServer of(int port, URI origin, Map<String, ?> entry) {
    Map<String, Object> of = new HashMap<>(entry);
    of.put("whep", origin.resolve("whep/") + "{room}");
    return EmbeddedServer.startOn(port, settings(Map.of("standalone.origins", List.of(of))));
  }

  /** One of that origin, with these settings in place of the usual ones. */
  static EmbeddedServer with(URI origin, Map<String, ?> more) {
    Map<String, Object> settings = settings(more);
    settings.put("standalone.origins", List.of(Map.of("whep", origin.resolve("whep/") + "{room}")));
    return EmbeddedServer.startOn(0, settings);
  }

  /** Impatient ones, but for those given. */
  static Map<String, Object> settings(Map<String, ?> more) {
    Map<String, Object> settings = new HashMap<>(more);
    settings.putIfAbsent("standalone.edge.linger", "1 second");
    settings.putIfAbsent("standalone.edge.longest-pause", "1 second");
    settings.putIfAbsent("standalone.edge.timeout", "15 seconds");
    return settings;
  }

  static TestPeer publish(URI endpoint) {
    return publish(endpoint, Map.of());
  }

  static TestPeer publish(URI endpoint, Map<String, String> headers) {
    TestPeer peer = TestPeer.open();
    Reply reply = peer.connect(endpoint, OfferSpec.publisher(Codec.VP8), headers);
    assertThat(reply.status()).as(reply.body()).isEqualTo(201);
    peer.awaitConnected(SOON);
    peer.audio().start();
    peer.video(VideoSettings.defaults()).start();
    return peer;
  }

  static TestPeer play(URI endpoint) {
    TestPeer peer = TestPeer.open();
    Reply reply = peer.connect(endpoint, OfferSpec.player(Codec.VP8));
    assertThat(reply.status()).as(reply.body()).isEqualTo(201);
    peer.awaitConnected(SOON);
    return peer;
  }

  /** Waits until it has seen more. */
  static void awaitMore(TestPeer player) {
    int video = player.received().videoPackets();
    int audio = player.received().audioPackets();
    int keyframes = player.received().keyframes();
    player.awaitVideoPackets(video + 30, SOON);
    player.awaitAudioPackets(audio + 10, SOON);
    assertThat(player.received().keyframes()).isGreaterThanOrEqualTo(Math.min(1, keyframes));
  }

  static void awaitViewers(EmbeddedServer server, String room, int count) {
    awaitRoom(server, room, count + " viewers", snapshot -> snapshot.viewers() == count);
  }

  static void awaitStreams(EmbeddedServer server, String room, int count) {
    awaitRoom(server, room, count + " streams", snapshot -> snapshot.streams().size() == count);
  }

  static void awaitRoom(
      EmbeddedServer server, String room, String what, Predicate<RoomSnapshot> condition) {
    new Signal()
        .await(
            what,
            SOON,
            () -> condition.test(snapshot(server, room)),
            () -> snapshot(server, room).toString());
  }

  static RoomSnapshot snapshot(EmbeddedServer server, String room) {
    return server.room(room).orElseGet(() -> RoomSnapshot.empty(new RoomName(room)));
  }
}
