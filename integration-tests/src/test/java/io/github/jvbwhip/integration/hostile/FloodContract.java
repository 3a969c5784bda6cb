package io.github.jvbwhip.integration.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.integration.PeerContract;
import io.github.jvbwhip.integration.hostile.Flood.Post;
import io.github.jvbwhip.testpeer.PeerOptions;
import io.github.jvbwhip.testpeer.TestPeer;
import io.github.jvbwhip.testpeer.media.Codec;
import io.github.jvbwhip.testpeer.sdp.OfferSpec;
import io.github.jvbwhip.testpeer.signalling.Reply;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One address that POSTs as fast as it can costs nobody else a picture, or the way in. */
@Timeout(180)
abstract class FloodContract extends PeerContract {
  static final Map<String, ?> SETTINGS =
      Map.of(
          "videobridge.whip.auth.tokens", List.of("swordfish"),
          "videobridge.whep.auth.tokens", List.of("swordfish"));

  private static final Map<String, String> TOKEN = Map.of("Authorization", "Bearer swordfish");
  private static final OfferSpec PUBLISHER = OfferSpec.publisher(Codec.VP8);
  private static final OfferSpec PLAYER = OfferSpec.player(Codec.VP8);
  private static final Duration TIME = Duration.ofSeconds(10);
  private static final Duration LONG = Duration.ofSeconds(60);
  private static final int CONNECTIONS = 50;

  /** The flood, the server and both clients share a machine that others use. */
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

  private static final Set<Integer> EXPECTED = Set.of(201, 400, 401, 406, 422, 429, 503);

  private TestPeer connect(URI endpoint, OfferSpec offer) {
    TestPeer peer = peer(PeerOptions.defaults());
    Reply reply = peer.connect(endpoint, offer, TOKEN);
    assertThat(reply.status()).as(reply.body()).isEqualTo(201);
    peer.awaitConnected(LONG);
    return peer;
  }

  /** Good ones and bad ones, with a token, with a wrong one, and without one. */
  private List<Post> posts() {
    String type = "Content-Type: application/sdp\r\n";
    String good = type + "Authorization: Bearer swordfish\r\n";
    String wrong = type + "Authorization: Bearer sw0rdfish\r\n";
    TestPeer stranger = peer(PeerOptions.defaults());
    String publish = stranger.offer(PUBLISHER);
    String play = peer(PeerOptions.defaults()).offer(PLAYER);
    String watch = "/whep/" + room() + "/main";
    return List.of(
        new Post("/whip/" + room() + "/s#", good, publish),
        new Post(watch, good, play),
        new Post("/whip/flood/s#", type, publish),
        new Post(watch, wrong, play),
        new Post("/whip/flood/s#", good, "v=0\r\n" + "x".repeat(3000)),
        new Post(watch, good, play.replace("a=fingerprint", "a=thumbprint")));
  }

  @Test
  void who_floods_is_told_to_slow_down_and_nobody_else_feels_it() throws Exception {
    TestPeer publisher = connect(server().whip(room(), "main"), PUBLISHER);
    startMedia(publisher);
    TestPeer player = connect(server().whep(room(), "main"), PLAYER);
    Pauses pauses = new Pauses();
    player.transport().setIncomingFilter(pauses);
    player.awaitVideoPackets(60, LONG);
    int framesBefore = onlyVideo(player).frames();
    List<Post> posts = posts();

    // The machine may be busy with other things: the best of three counts.
    Duration longest = flood(pauses, posts);
    for (int i = 1; i < 3 && longest.compareTo(LONGEST_PAUSE) >= 0; i++) {
      longest = flood(pauses, posts);
    }
    assertThat(longest).isLessThan(LONGEST_PAUSE);
    player.await("every frame", LONG, () -> onlyVideo(player).isContinuous());
    assertThat(onlyVideo(player).frames() - framesBefore).isGreaterThan(150);
    assertThat(player.isClosedByRemote() || publisher.isClosedByRemote()).isFalse();
  }

  /** The longest pause of the player's media meanwhile. */
  private Duration flood(Pauses pauses, List<Post> posts) throws Exception {
    pauses.begin();
    try (Flood flood =
        new Flood(new RawClient(server().uri(), "127.0.0.3"), CONNECTIONS, TIME, posts)) {
      assertThat(flood.awaitRefusal(LONG)).as("%s", flood.statuses()).isTrue();
      TestPeer other = connect(server().whep(room(), "main"), PLAYER);
      other.awaitVideoPackets(30, LONG);
      assertThat(flood.awaitEnd(LONG)).isTrue();
      Duration longest = pauses.longest();

      assertThat(flood.statuses().keySet()).isSubsetOf(EXPECTED);
      assertThat(flood.count(429) + flood.count(503)).isGreaterThan(CONNECTIONS);
      assertThat(flood.withoutRetryAfter()).isZero();
      assertThat(flood.unanswered()).isLessThan(CONNECTIONS);
      return longest;
    }
  }
}
