package io.github.jvbwhip.integration;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.testpeer.PeerOptions;
import io.github.jvbwhip.testpeer.TestPeer;
import io.github.jvbwhip.testpeer.media.Codec;
import io.github.jvbwhip.testpeer.network.Conditions;
import io.github.jvbwhip.testpeer.network.Network;
import io.github.jvbwhip.testpeer.network.Relay;
import io.github.jvbwhip.testpeer.rtp.RtcpPacket;
import io.github.jvbwhip.testpeer.sdp.OfferSpec;
import io.github.jvbwhip.testpeer.signalling.HttpSignalling;
import io.github.jvbwhip.testpeer.signalling.Reply;
import io.github.jvbwhip.testpeer.transport.LocalAddresses;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a network may do to a publisher and to its player, each behind a relay of its own: media
 * goes on, or comes back with a keyframe, and nobody's session ends.
 */
abstract class NetworkFaultsContract extends PeerContract {
  private static final Duration SILENCE = Duration.ofSeconds(10);
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private static final int STUN_RESPONSE = 1;
  private static final int DTLS_HANDSHAKE = 22;
  private static final int DTLS_HANDSHAKE_TYPE = 13;
  private static final int DTLS_CERTIFICATE_VERIFY = 15;

  private final Network network = Network.open(4711);

  /** A publisher and who watches it, over perfect relays yet. */
  private record Pair(Relay publishing, TestPeer publisher, Relay watching, TestPeer player) {}

  @AfterEach
  void closeNetwork() {
    network.close();
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.01, 0.05, 0.2})
  void what_gets_lost_is_repaired(double loss) {
    Pair pair = connect("main");
    setAll(pair, Conditions.perfect().withLoss(loss));
    int before = pair.player.received().videoPackets();
    pair.player.awaitVideoPackets(before + 300, PATIENCE);
    setAll(pair, Conditions.perfect());

    int lost = pair.publishing.toServer().lost() + pair.watching.toClient().lost();
    assertThat(lost).isPositive();
    pair.player.await(
        "a tenth of the " + lost + " that were lost, or one, is missing",
        PATIENCE,
        () -> onlyVideo(pair.player).missing() <= Math.max(1, lost / 10));
    assertAlive(pair);
    assertPictureComes(pair);
  }

  @Test
  void what_is_late_is_not_lost() {
    Pair pair = connect("main");
    Conditions late = Conditions.perfect().withDelay(Duration.ofMillis(100), Duration.ofMillis(40));
    setAll(pair, late);
    pair.player.awaitVideoPackets(pair.player.received().videoPackets() + 300, PATIENCE);

    assertThat(onlyVideo(pair.player).isContinuous()).isTrue();
    assertThat(onlyVideo(pair.player).recovered()).isZero();
    assertThat(pair.publisher.rtcp().count(RtcpPacket.Nack.class)).isZero();
    assertAlive(pair);
  }

  @Test
  void what_is_overtaken_is_not_lost() {
    Pair pair = connect("main");
    setAll(pair, Conditions.perfect().withReordering(0.1));
    pair.player.awaitVideoPackets(pair.player.received().videoPackets() + 300, PATIENCE);
    setAll(pair, Conditions.perfect());

    pair.player.await("no gap", PATIENCE, () -> onlyVideo(pair.player).isContinuous());
    assertAlive(pair);
  }

  @Test
  void media_comes_back_when_a_link_was_too_slow() throws Exception {
    Pair pair = connect("main");
    Conditions slow = Conditions.perfect().withRate(300_000);
    pair.publishing.toServer().set(slow);
    TimeUnit.SECONDS.sleep(2); // What the queue before it does meanwhile.
    pair.publishing.toServer().set(Conditions.perfect());
    assertPictureComes(pair);
    pair.watching.toClient().set(slow);
    TimeUnit.SECONDS.sleep(2);
    pair.watching.toClient().set(Conditions.perfect());

    assertThat(pair.publishing.toServer().lost()).isPositive();
    assertThat(pair.watching.toClient().lost()).isPositive();
    assertPictureComes(pair);
    assertAlive(pair);
  }

  @Test
  void media_follows_a_publisher_whose_address_changes() {
    Pair pair = connect("main");
    pair.publishing.changePort();
    assertPictureComes(pair);
    pair.publishing.changeAddress(LocalAddresses.loopback());
    assertPictureComes(pair);
    assertAlive(pair);
  }

  @Test
  void media_follows_a_player_whose_address_changes() {
    Pair pair = connect("main");
    pair.watching.changePort();
    assertPictureComes(pair);
    pair.watching.changeAddress(LocalAddresses.loopback());
    assertPictureComes(pair);
    AtomicInteger refused = new AtomicInteger();
    pair.watching
        .toClient()
        .set(
            Conditions.perfect()
                .withFilter(datagram -> !isStunError(datagram) || refused.incrementAndGet() > 0));
    pair.watching.returnToFirstAddress();
    assertPictureComes(pair);
    assertThat(refused).as("browsers end at a check that is refused").hasValue(0);
    assertAlive(pair);
  }

  private static boolean isStunError(byte[] datagram) {
    return datagram.length > 1 && datagram[0] == 1 && datagram[1] == 0x11;
  }

  @Test
  void media_comes_back_after_silence_in_one_direction() throws Exception {
    Pair fromPublisher = connect("from-publisher");
    Pair toPublisher = connect("to-publisher");
    Pair fromPlayer = connect("from-player");
    Pair toPlayer = connect("to-player");
    fromPublisher.publishing.toServer().set(Conditions.silence());
    toPublisher.publishing.toClient().set(Conditions.silence());
    fromPlayer.watching.toServer().set(Conditions.silence());
    toPlayer.watching.toClient().set(Conditions.silence());
    int unheard = toPublisher.player.received().videoPackets();
    int unseen = fromPlayer.player.received().videoPackets();
    TimeUnit.SECONDS.sleep(SILENCE.toSeconds()); // What it does to them.

    // Who is not heard or not seen is none the worse for that in the other direction.
    assertThat(toPublisher.player.received().videoPackets()).isGreaterThan(unheard + 300);
    assertThat(fromPlayer.player.received().videoPackets()).isGreaterThan(unseen + 300);
    List<Pair> all = List.of(fromPublisher, toPublisher, fromPlayer, toPlayer);
    all.forEach(pair -> setAll(pair, Conditions.perfect()));
    for (Pair pair : all) {
      assertPictureComes(pair);
      assertAlive(pair);
    }
  }

  /** After the first check, which nominates nobody yet, and in the handshake of DTLS. */
  @ParameterizedTest
  @ValueSource(ints = {STUN_RESPONSE, DTLS_HANDSHAKE})
  void who_moves_while_connecting_is_connected(int movesAfter) throws Exception {
    Pair pair = connect("main", relay -> Moves.after(relay, movesAfter));
    assertPictureComes(pair);
    assertAlive(pair);
  }

  /** The bridge is done with ICE then, and the client does not know it. */
  @Test
  void who_moves_before_its_nomination_is_answered_is_connected() throws Exception {
    Pair pair = connect("main", Moves::beforeItsNominationIsAnswered);
    assertPictureComes(pair);
    assertAlive(pair);
  }

  /** It repeats its check from there, which ice4j takes for the same one. */
  @Test
  void who_moves_before_it_is_checked_is_connected() throws Exception {
    Pair pair = connect("main", Moves::beforeItIsChecked);
    assertPictureComes(pair);
    assertAlive(pair);
  }

  /** What comes behind it must not make the bridge deaf for it. */
  @Test
  void a_handshake_is_done_that_loses_the_verification_of_the_client() {
    Relay relay = network.relay();
    AtomicBoolean lost = new AtomicBoolean();
    relay
        .toServer()
        .set(
            Conditions.perfect()
                .withFilter(datagram -> !isCertificateVerify(datagram) || lost.getAndSet(true)));

    connect(
        relay, server().whip(room(), "main"), OfferSpec.publisher(Codec.VP8).withSetup("active"));

    assertThat(lost).isTrue();
  }

  private static boolean isCertificateVerify(byte[] datagram) {
    return datagram.length > DTLS_HANDSHAKE_TYPE
        && datagram[0] == DTLS_HANDSHAKE
        && datagram[DTLS_HANDSHAKE_TYPE] == DTLS_CERTIFICATE_VERIFY;
  }

  private Pair connect(String stream) {
    Relay publishing = network.relay();
    Relay watching = network.relay();
    TestPeer publisher =
        connect(publishing, server().whip(room(), stream), OfferSpec.publisher(Codec.VP8));
    startMedia(publisher);
    TestPeer player = connect(watching, server().whep(room(), stream), OfferSpec.player(Codec.VP8));
    player.awaitVideoPackets(60, PATIENCE);
    return new Pair(publishing, publisher, watching, player);
  }

  private Pair connect(String stream, Function<Relay, CountDownLatch> moves)
      throws InterruptedException {
    Relay publishing = network.relay();
    Relay watching = network.relay();
    OfferSpec publishes = OfferSpec.publisher(Codec.VP8);
    TestPeer publisher = move(publishing, server().whip(room(), stream), publishes, moves);
    startMedia(publisher);
    OfferSpec plays = OfferSpec.player(Codec.VP8);
    TestPeer player = move(watching, server().whep(room(), stream), plays, moves);
    player.awaitVideoPackets(60, PATIENCE);
    return new Pair(publishing, publisher, watching, player);
  }

  /**
   * Connects by a relay at which the client gets another port when it is time to.
   *
   * @param moves sets the relay's conditions until then, and returns what is counted down then
   */
  private TestPeer move(
      Relay relay, URI endpoint, OfferSpec offer, Function<Relay, CountDownLatch> moves)
      throws InterruptedException {
    CountDownLatch time = moves.apply(relay);
    TestPeer peer = peer(PeerOptions.defaults());
    Reply reply = peer.connectOver(relay, endpoint, offer);
    assertThat(reply.status()).as(reply.body()).isEqualTo(201);
    assertThat(time.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    relay.changePort();
    relay.set(Conditions.perfect());
    peer.awaitConnected(PATIENCE);
    return peer;
  }

  private TestPeer connect(Relay relay, URI endpoint, OfferSpec offer) {
    TestPeer peer = peer(PeerOptions.defaults());
    Reply reply = peer.connectOver(relay, endpoint, offer);
    assertThat(reply.status()).as(reply.body()).isEqualTo(201);
    peer.awaitConnected(PATIENCE);
    return peer;
  }

  private static void setAll(Pair pair, Conditions conditions) {
    pair.publishing.set(conditions);
    pair.watching.set(conditions);
  }

  /** The player asks for a keyframe until it comes, as browsers do that cannot go on. */
  private static void assertPictureComes(Pair pair) {
    TestPeer player = pair.player;
    int packets = player.received().videoPackets();
    player.awaitVideoPackets(packets + 30, PATIENCE);
    int keyframes = player.received().keyframes();
    AtomicLong asked = new AtomicLong();
    player.await(
        "a keyframe",
        PATIENCE,
        () -> {
          long second = System.nanoTime() / 1_000_000_000L;
          if (asked.getAndSet(second) != second) {
            player.feedback().pictureLoss(onlyVideo(player).ssrc());
          }
          return player.received().keyframes() > keyframes;
        });
    player.awaitVideoPackets(packets + 120, PATIENCE);
  }

  private static void assertAlive(Pair pair) {
    for (TestPeer peer : List.of(pair.publisher, pair.player)) {
      assertThat(peer.isClosedByRemote()).isFalse();
      Reply reply = HttpSignalling.send("GET", peer.session().orElseThrow(), null, null, Map.of());
      assertThat(reply.status()).as(reply.body()).isEqualTo(204);
    }
  }
}
