package io.github.jvbwhip.dropin;

import static io.github.jvbwhip.dropin.Peers.SOON;
import static io.github.jvbwhip.dropin.Peers.connected;
import static io.github.jvbwhip.dropin.Peers.eventually;
import static io.github.jvbwhip.dropin.Peers.otherNumbers;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.jvbwhip.testpeer.TestPeer;
import io.github.jvbwhip.testpeer.VideoSettings;
import io.github.jvbwhip.testpeer.media.Codec;
import io.github.jvbwhip.testpeer.sdp.OfferSpec;
import io.github.jvbwhip.testpeer.signalling.HttpSignalling;
import io.github.jvbwhip.testpeer.signalling.Reply;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Endpoints and conferences that another user of the bridge's Colibri interface expires. */
@RequiresJvb
class VanishedJvbTest {
  /** What it may take until an end is known, and what a busy machine adds. */
  private static final Duration NOTICED = Duration.ofSeconds(15);

  /** Far more than a call takes, and less than any time limit of the server's. */
  private static final Duration ANSWERED = Duration.ofSeconds(9);

  private static final ObjectMapper JSON = new ObjectMapper();

  private static JvbProcess bridge;
  private static BridgeState state;

  private String room;

  @BeforeAll
  static void startBridge() throws Exception {
    bridge = JvbProcess.start(JvbHome.orSkip());
    state = new BridgeState(bridge);
    eventually("the plugin has warmed up", state::isWarm);
  }

  @AfterAll
  static void stopBridge() {
    if (bridge != null) {
      bridge.close();
    }
  }

  @BeforeEach
  void newRoom() {
    room = Peers.newRoom();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void an_end_is_known_within_two_seconds(boolean wholeConference) throws Exception {
    try (TestPeer publisher = publisher();
        TestPeer player = player();
        HeardEvents events = HeardEvents.of(player, "active", "inactive", "reconnect")) {
      publisher.video(VideoSettings.defaults()).start();
      player.awaitVideoPackets(20, SOON);
      eventually("active", () -> events.types().contains("active"));

      if (wholeConference) {
        expireConference();
      } else {
        expireEndpoints(id -> !id.startsWith("whep-"));
      }
      long expired = System.nanoTime();
      eventually(NOTICED, "the publisher's session is gone", () -> isGone(publisher));
      eventually(
          NOTICED,
          "the player is told",
          () -> events.types().contains(wholeConference ? "reconnect" : "inactive"));
      if (wholeConference) {
        eventually(NOTICED, "the room is listed no more", () -> !isListed());
        eventually(NOTICED, "the player's session is gone", () -> isGone(player));
      }
      assertThat(Duration.ofNanos(System.nanoTime() - expired)).isLessThan(NOTICED);

      assertThat(get(publisher).body()).contains("expired");
      assertThat(publisher.hangUp().status()).isEqualTo(200);
      assertThat(isGone(player)).isEqualTo(wholeConference);
    }
    assertThatSessionsWork();
  }

  /** Each call comes right after the end, before or after the plugin knows of it. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void calls_right_after_the_end_are_answered(boolean wholeConference) throws Exception {
    for (String call : List.of("restart", "trickle", "delete", "layer", "events", "publish")) {
      try (TestPeer publisher = publisher();
          TestPeer player = player()) {
        publisher.video(VideoSettings.defaults()).start();
        player.awaitVideoPackets(20, SOON);
        if (wholeConference) {
          expireConference();
        } else {
          expireEndpoints(id -> true);
        }
        long before = System.nanoTime();
        Reply reply = call(call, publisher, player);
        assertThat(Duration.ofNanos(System.nanoTime() - before)).as(call).isLessThan(ANSWERED);
        assertAnswer(call, reply);
        eventually(NOTICED, "both are gone", () -> isGone(publisher) && isGone(player));
        Reply late = call(call, publisher, player);
        if (Set.of("restart", "trickle", "layer", "events").contains(call)) {
          assertThat(late.status()).as(call).isEqualTo(404);
          assertThat(late.body()).contains(":error:session-ended");
        }
      }
    }
    assertThatSessionsWork();
  }

  private Reply call(String call, TestPeer publisher, TestPeer player) {
    URI session = player.session().orElseThrow();
    return switch (call) {
      case "restart" -> publisher.restartIce();
      case "trickle" ->
          publisher.patch(
              "m=audio 9 UDP/TLS/RTP/SAVPF 0\r\na=mid:0\r\n"
                  + "a=candidate:3 1 udp 2122260222 192.0.2.77 61764 typ host\r\n",
              Map.of());
      case "delete" -> publisher.hangUp();
      case "layer" ->
          HttpSignalling.send(
              "POST",
              URI.create(session + "/layer"),
              "application/json",
              "{\"maxHeight\":360}",
              Map.of());
      case "events" ->
          HttpSignalling.send(
              "POST", URI.create(session + "/sse"), "application/json", "[\"active\"]", Map.of());
      case "publish" -> publishOnce();
      default -> throw new IllegalArgumentException(call);
    };
  }

  private Reply publishOnce() {
    try (TestPeer next = TestPeer.open()) {
      Reply reply =
          next.connect(bridge.url("/whip/" + room), OfferSpec.publisher(Codec.VP8), Map.of());
      if (reply.status() == 201) {
        next.awaitConnected(SOON);
        next.hangUp();
      }
      return reply;
    }
  }

  private static void assertAnswer(String call, Reply reply) {
    switch (call) {
      case "delete" -> assertThat(reply.status()).isEqualTo(200);
      case "publish" -> assertThat(reply.status()).as(reply.body()).isEqualTo(201);
      case "restart", "layer" -> {
        assertThat(reply.status()).as(call + reply.body()).isEqualTo(404);
        assertThat(reply.body()).contains(":error:session-ended");
      }
      default -> // Nothing of these reaches the bridge's conference: 404 as soon as it is known.
          assertThat(reply.status()).as(call + reply.body()).isIn(201, 204, 404);
    }
  }

  /** Sessions come and go while the conference under them is expired again and again. */
  @Test
  void conferences_that_vanish_while_sessions_are_opened_leave_no_call_hanging() throws Exception {
    AtomicBoolean stop = new AtomicBoolean();
    List<Integer> answers = new ArrayList<>();
    Thread caller =
        new Thread(
            () -> {
              try (TestPeer peer = TestPeer.open()) {
                String offer = peer.offer(OfferSpec.publisher(Codec.VP8));
                while (!stop.get()) {
                  Reply reply = HttpSignalling.post(bridge.url("/whip/" + room), offer, Map.of());
                  synchronized (answers) {
                    answers.add(reply.status());
                  }
                  reply.location().ifPresent(l -> HttpSignalling.delete(l, Map.of()));
                }
              }
            },
            "test-caller");
    caller.start();
    for (int i = 0; i < 60; i++) {
      expireConference();
    }
    stop.set(true);
    caller.join(TimeUnit.SECONDS.toMillis(20));
    assertThat(caller.isAlive()).isFalse();
    synchronized (answers) {
      assertThat(answers).contains(201).allMatch(status -> status == 201 || status == 503);
    }
    eventually("nothing is left", state::isEmpty);
    assertThatSessionsWork();
  }

  private void assertThatSessionsWork() {
    try (TestPeer publisher = publisher();
        TestPeer player = player()) {
      publisher.video(VideoSettings.defaults()).start();
      player.awaitVideoPackets(30, SOON);
      assertThat(player.hangUp().status()).isEqualTo(200);
      assertThat(publisher.hangUp().status()).isEqualTo(200);
    }
  }

  private interface Choice {
    boolean takes(String endpointId);
  }

  private void expireEndpoints(Choice choice) throws Exception {
    for (JsonNode conference : conferences()) {
      List<String> expired = new ArrayList<>();
      conference
          .path("endpoints")
          .fieldNames()
          .forEachRemaining(
              id -> {
                if (choice.takes(id)) {
                  expired.add("{\"id\":\"" + id + "\",\"expire\":true}");
                }
              });
      assertThat(expired).isNotEmpty();
      modify(conference, "{\"endpoints\":[" + String.join(",", expired) + "]}");
    }
  }

  private void expireConference() throws Exception {
    for (JsonNode conference : conferences()) {
      modify(conference, "{\"expire\":true}");
    }
  }

  private List<JsonNode> conferences() throws Exception {
    List<JsonNode> mine = new ArrayList<>();
    // The bridge's own page fails while a conference comes or goes.
    AtomicReference<String> debug = new AtomicReference<>("{}");
    eventually(
        "the bridge's state",
        () -> {
          HttpResponse<String> response = bridge.get("/debug?full=true");
          debug.set(response.body());
          return response.statusCode() == 200;
        });
    for (JsonNode conference : JSON.readTree(debug.get()).path("conferences")) {
      if (conference.path("name").asText().startsWith(room)) {
        mine.add(conference);
      }
    }
    return mine;
  }

  private static void modify(JsonNode conference, String change) throws Exception {
    HttpResponse<String> response =
        bridge.patch("/colibri/v2/conferences/" + conference.path("meeting_id").asText(), change);
    // Or it has gone by itself meanwhile.
    assertThat(response.statusCode()).as(response.body()).isIn(200, 400, 404);
  }

  private boolean isListed() throws Exception {
    return bridge.get("/api/rooms").body().contains(room);
  }

  private static boolean isGone(TestPeer peer) {
    return get(peer).status() == 404;
  }

  private static Reply get(TestPeer peer) {
    return HttpSignalling.send("GET", peer.session().orElseThrow(), null, null, Map.of());
  }

  private TestPeer publisher() {
    return connected(bridge.url("/whip/" + room), OfferSpec.publisher(Codec.VP8));
  }

  private TestPeer player() {
    return connected(bridge.url("/whep/" + room), otherNumbers(Codec.VP8));
  }
}
