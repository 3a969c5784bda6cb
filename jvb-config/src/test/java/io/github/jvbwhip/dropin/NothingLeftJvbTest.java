package io.github.jvbwhip.dropin;

import static io.github.jvbwhip.dropin.Peers.SOON;
import static io.github.jvbwhip.dropin.Peers.connected;
import static io.github.jvbwhip.dropin.Peers.eventually;
import static io.github.jvbwhip.dropin.Peers.otherNumbers;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.core.threads.TestThreads;
import io.github.jvbwhip.testpeer.TestPeer;
import io.github.jvbwhip.testpeer.VideoSettings;
import io.github.jvbwhip.testpeer.media.Codec;
import io.github.jvbwhip.testpeer.sdp.MediaSpec;
import io.github.jvbwhip.testpeer.sdp.MediaSpec.Direction;
import io.github.jvbwhip.testpeer.sdp.OfferSpec;
import io.github.jvbwhip.testpeer.signalling.HttpSignalling;
import io.github.jvbwhip.testpeer.signalling.Reply;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Many sessions, ended in every way, and what the bridge has of them afterwards. */
@RequiresJvb
class NothingLeftJvbTest {
  private static final int ROOMS = 25;
  private static final int SESSIONS = 8 * ROOMS;
  private static final int AT_ONCE = 5;
  private static final int HANDSHAKES = 4 * ROOMS;
  private static final int REQUESTS_ABOUT_NOBODY = 100;
  private static final int PASSING = 3;
  private static final String ENDPOINT = "org.jitsi.videobridge.Endpoint";
  private static final String PROJECTION = "org.jitsi.videobridge.cc.AdaptiveSourceProjection";

  /** When a session ends whose client has never connected, and what a busy machine adds. */
  private static final Duration NEVER_CONNECTED = Duration.ofSeconds(40).plusSeconds(30);

  /** Some of the bridge's own tasks remember an ended endpoint for half a minute. */
  private static final Duration FORGOTTEN = Duration.ofSeconds(90);

  /**
   * The bridge itself never gives back the eight datagrams of a DTLS handshake and of its end, and
   * some of its probes; a busy machine makes clients repeat theirs.
   */
  private static final int BUFFERS_OF_A_HANDSHAKE = 20;

  private static final List<String> CLASSES =
      List.of(
          "io.github.jvbwhip.core.session.Session",
          "io.github.jvbwhip.http.exchange.Exchange",
          "io.github.jvbwhip.jvb.JvbEgress",
          "io.github.jvbwhip.jvb.JvbIngest",
          "io.github.jvbwhip.jvb.JvbRoom",
          "io.github.jvbwhip.jvb.RoomTasks",
          "io.github.jvbwhip.jvb.SessionCalls",
          "io.github.jvbwhip.jvb.videobridge.hooks.BridgeChannel",
          "io.github.jvbwhip.jvb.videobridge.hooks.IceTap",
          "io.github.jvbwhip.jvb.media.SlotRewriter",
          "io.github.jvbwhip.whep.PlayerSession",
          "io.github.jvbwhip.whip.PublisherSession",
          "org.ice4j.ice.Agent",
          "org.jitsi.nlj.Transceiver",
          "org.jitsi.videobridge.Conference",
          "org.jitsi.videobridge.Endpoint",
          "org.jitsi.videobridge.transport.dtls.DtlsTransport",
          "org.jitsi.videobridge.transport.ice.IceTransport");

  private JvbProcess bridge;
  private BridgeState state;

  @BeforeEach
  void start() throws Exception {
    bridge =
        JvbProcess.start(
            JvbHome.orSkip(),
            Optional.of(JvbProcess.dropInJar()),
            JvbProcess.BOTH_ON
                + "videobridge {\n"
                + JvbProcess.BANDWIDTH_ENOUGH
                + "entity-expiration { timeout = 15 seconds, check-interval = 1 second }\n}\n");
    state = new BridgeState(bridge);
  }

  @AfterEach
  void stop() {
    bridge.close();
  }

  @Test
  void two_hundred_sessions_leave_nothing_behind() throws Exception {
    eventually("the plugin has warmed up", state::isWarm);
    state.countBuffers();
    double opened = opened();
    openAndCloseAll();

    eventually(NEVER_CONNECTED, "no conference is left", () -> state.isEmpty());
    eventually(
        "no session is left",
        () -> state.metrics("whip_whep_sessions{").values().stream().allMatch(n -> n == 0));
    eventually(
        "no endpoint is counted",
        () ->
            state.json("/colibri/stats").path("endpoints").asInt(-1) == 0
                && state.metric("local_endpoints") == 0
                && state.metric("current_visitors") == 0);
    assertThat(opened() - opened).isEqualTo(SESSIONS);
    assertThat(state.sum("whip_whep_sessions_ended_total{")).isEqualTo(opened());
    assertThat(state.outstandingBuffers()).isLessThan(HANDSHAKES * BUFFERS_OF_A_HANDSHAKE);
    assertThatNothingRefersToAny();
    eventually("their threads have ended", () -> threads() < SESSIONS);
    assertThat(bridge.logLines("at io.github.jvbwhip"))
        .as("faults; ice4j refuses to answer a check twice, which clients on a busy machine repeat")
        .allMatch(line -> line.contains("LenientStun.handleMessageEvent"));
  }

  /** Nobody comes or goes after it, who would make the bridge look who is there. */
  @Test
  void a_publisher_that_leaves_others_behind_is_forgotten() throws Exception {
    String room = Peers.newRoom();
    try (TestPeer stays = published(room, "stays");
        TestPeer leaves = published(room, "leaves")) {
      assertThat(leaves.hangUp().status()).isEqualTo(200);
      Map<String, Integer> one = Map.of(ENDPOINT, 1);
      eventually(
          FORGOTTEN,
          "one endpoint is left",
          () -> state.instances(List.copyOf(one.keySet())),
          one::equals);
      assertThat(stays.isClosedByRemote()).isFalse();
    }
  }

  /** The bridge itself keeps for each endpoint how it has numbered what was ever published. */
  @Test
  void a_player_that_stays_keeps_nothing_of_publishers_that_have_left() throws Exception {
    String room = Peers.newRoom();
    MediaSpec picture = MediaSpec.video(Direction.RECVONLY, Codec.VP8);
    try (TestPeer stays =
            published(room, "stays", OfferSpec.simulcastPublisher(Codec.VP8, "l", "m", "h"));
        TestPeer player =
            connected(
                bridge.url("/whep/" + room), OfferSpec.of(picture, picture.withMid("other")))) {
      for (int i = 0; i < PASSING; i++) {
        try (TestPeer passes = published(room, "passes" + i)) {
          // The player has both; each publisher has the other, though it is not sent that.
          eventually(
              Peers.SOON, "all of two", this::numbered, Map.of(ENDPOINT, 3, PROJECTION, 4)::equals);
          assertThat(passes.hangUp().status()).isEqualTo(200);
        }
        eventually(
            FORGOTTEN, "one is left", this::numbered, Map.of(ENDPOINT, 2, PROJECTION, 1)::equals);
      }
      int before = largest(player);
      player.await("the largest encoding goes on", Peers.SOON, () -> largest(player) > before + 30);
      assertThat(stays.isClosedByRemote()).isFalse();
    }
  }

  private static int largest(TestPeer player) {
    return player.received().video().stream()
        .mapToInt(stream -> stream.framesBySize().getOrDefault("1280x720", 0))
        .sum();
  }

  private Map<String, Integer> numbered() throws Exception {
    return state.instances(List.of(ENDPOINT, PROJECTION));
  }

  private TestPeer published(String room, String stream) {
    return published(room, stream, OfferSpec.publisher(Codec.VP8));
  }

  private TestPeer published(String room, String stream, OfferSpec offer) {
    TestPeer publisher = connected(bridge.url("/whip/" + room + "/" + stream), offer);
    publisher.video(new VideoSettings(1280, 720, 30, 1_000_000, 0)).start();
    publisher.audio().start();
    return publisher;
  }

  private void assertThatNothingRefersToAny() throws Exception {
    eventually(
        FORGOTTEN, "nothing refers to any of them", () -> state.instances(CLASSES), Map::isEmpty);
  }

  private int threads() throws Exception {
    return state.json("/colibri/stats").path("threads").asInt();
  }

  private double opened() throws Exception {
    return state.sum("whip_whep_sessions_opened_total{");
  }

  private void openAndCloseAll() throws Exception {
    ExecutorService workers = Executors.newFixedThreadPool(AT_ONCE, TestThreads.daemons());
    try {
      List<Future<?>> rooms = new ArrayList<>();
      for (int i = 0; i < ROOMS; i++) {
        int number = i;
        rooms.add(workers.submit(() -> room(number)));
      }
      for (Future<?> room : rooms) {
        room.get();
      }
    } catch (ExecutionException e) {
      throw new AssertionError("a room failed", e.getCause());
    } finally {
      workers.shutdownNow();
    }
  }

  /** Eight sessions; the publisher goes in another way in each third room. */
  private void room(int number) {
    String room = Peers.newRoom();
    URI whip = bridge.url("/whip/" + room);
    URI whep = bridge.url("/whep/" + room);
    OfferSpec player = otherNumbers(Codec.VP8);
    List<TestPeer> opened = new ArrayList<>();
    try {
      TestPeer publisher = add(opened, connected(whip, OfferSpec.publisher(Codec.VP8)));
      publisher.video(VideoSettings.defaults()).start();
      publisher.audio().start();
      TestPeer deletes = add(opened, connected(whep, player));
      TestPeer closes = add(opened, connected(whep, player));
      TestPeer vanishes = add(opened, connected(whep, player));
      for (int i = 0; i < REQUESTS_ABOUT_NOBODY; i++) {
        deletes.feedback().pictureLoss(i);
      }
      List<URI> posted = new ArrayList<>();
      for (URI endpoint : List.of(bridge.url("/whip/" + room + "/other"), whep, whep)) {
        posted.add(post(endpoint, add(opened, TestPeer.open())));
      }
      TestPeer unreachable = add(opened, TestPeer.open());
      post(whep, unreachable);
      unreachable.abandon();
      for (TestPeer each : List.of(deletes, closes, vanishes)) {
        each.awaitVideoPackets(30, SOON);
      }
      assertThat(deletes.hangUp().status()).isEqualTo(200);
      closes.close();
      vanishes.abandon();
      posted.forEach(
          session -> assertThat(HttpSignalling.delete(session, Map.of()).status()).isEqualTo(200));
      switch (number % 3) {
        case 0 -> assertThat(publisher.hangUp().status()).isEqualTo(200);
        case 1 -> publisher.close();
        default -> publisher.abandon();
      }
    } finally {
      opened.forEach(TestPeer::close);
    }
  }

  private static TestPeer add(List<TestPeer> all, TestPeer peer) {
    all.add(peer);
    return peer;
  }

  /** A session whose client never connects. */
  private static URI post(URI endpoint, TestPeer peer) {
    OfferSpec offer =
        endpoint.getPath().startsWith("/whip")
            ? OfferSpec.publisher(Codec.VP8)
            : otherNumbers(Codec.VP8);
    Reply reply = HttpSignalling.post(endpoint, peer.offer(offer), Map.of());
    assertThat(reply.status()).as(reply.body()).isEqualTo(201);
    return reply.location().orElseThrow();
  }
}
