package io.github.jvbwhip.dropin;

import static io.github.jvbwhip.dropin.Peers.SOON;
import static io.github.jvbwhip.dropin.Peers.connected;
import static io.github.jvbwhip.dropin.Peers.eventually;
import static io.github.jvbwhip.dropin.Peers.otherNumbers;
import static io.github.jvbwhip.dropin.Peers.videoPackets;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.testpeer.TestPeer;
import io.github.jvbwhip.testpeer.VideoSettings;
import io.github.jvbwhip.testpeer.media.Codec;
import io.github.jvbwhip.testpeer.network.FreePort;
import io.github.jvbwhip.testpeer.sdp.OfferSpec;
import io.github.jvbwhip.testpeer.signalling.Reply;
import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A bridge that ends while it is in use, and one that comes back. */
@RequiresJvb
class RestartJvbTest {
  private JvbProcess bridge;
  private URI server;
  private String room;

  @BeforeEach
  void chooseRoom() {
    room = Peers.newRoom();
  }

  @AfterEach
  void stop() {
    if (bridge != null) {
      bridge.close();
    }
  }

  private void start(boolean ownConnector, String config) throws Exception {
    int port = FreePort.find();
    String connector =
        ownConnector
            ? "videobridge.whip.http-server { host = 127.0.0.1, port = " + port + " }\n"
            : "";
    bridge =
        JvbProcess.start(
            JvbHome.orSkip(),
            Optional.of(JvbProcess.dropInJar()),
            JvbProcess.BOTH_ON + connector + config);
    server = ownConnector ? URI.create("http://127.0.0.1:" + port + "/") : bridge.url("/");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void sigterm_tells_players_ends_all_calls_and_all_come_back(boolean ownConnector)
      throws Exception {
    start(ownConnector, "");
    try (TestPeer publisher = publisher();
        TestPeer listening = player();
        TestPeer deaf = player();
        HeardEvents events = HeardEvents.of(listening, "reconnect");
        CallersUnderway callers = CallersUnderway.start(server, room)) {
      publisher.video(VideoSettings.defaults()).start();
      listening.awaitVideoPackets(20, SOON);

      bridge.stop();
      assertThat(events.awaitEnd()).as("the event stream has ended").isTrue();
      assertThat(events.types()).containsExactly("reconnect");
      assertThat(callers.allEnd()).as("all calls have ended").isTrue();
      publisher.awaitClosedByRemote(SOON);
      listening.awaitClosedByRemote(SOON);
      deaf.awaitClosedByRemote(SOON);
      assertThat(bridge.logLines("Stopping failed")).isEmpty();
    }
    bridge.restart();
    assertThatMediaFlows();
  }

  @Test
  void sigkill_ends_all_calls_and_all_come_back() throws Exception {
    start(true, "");
    try (TestPeer publisher = publisher();
        TestPeer player = player();
        HeardEvents events = HeardEvents.of(player, "reconnect");
        CallersUnderway callers = CallersUnderway.start(server, room)) {
      publisher.video(VideoSettings.defaults()).start();
      player.awaitVideoPackets(20, SOON);

      bridge.kill();
      assertThat(events.awaitEnd()).as("the event stream has ended").isTrue();
      assertThat(callers.allEnd()).as("all calls have ended").isTrue();
    }
    bridge.restart();
    assertThatMediaFlows();
  }

  @Test
  void a_graceful_shutdown_waits_for_the_sessions_that_are_there() throws Exception {
    start(
        true,
        "videobridge { rest.shutdown.enabled = true, shutdown.shutting-down-delay = 1 second }\n");
    try (TestPeer publisher = publisher();
        TestPeer player = player();
        HeardEvents events = HeardEvents.of(player, "reconnect")) {
      publisher.video(VideoSettings.defaults()).start();
      player.awaitVideoPackets(20, SOON);

      assertThat(bridge.post("/colibri/shutdown", "{\"graceful-shutdown\": \"true\"}").statusCode())
          .isEqualTo(200);
      eventually("the player is told", () -> events.types().contains("reconnect"));
      assertRefused("/whip/" + room + "/late", OfferSpec.publisher(Codec.VP8));
      assertRefused("/whep/" + room, otherNumbers(Codec.VP8));
      int before = videoPackets(player);
      player.await("media goes on", SOON, () -> videoPackets(player) > before + 60);

      assertThat(player.hangUp().status()).isEqualTo(200);
      assertThat(bridge.isAlive()).isTrue();
      assertThat(publisher.hangUp().status()).isEqualTo(200);
      assertThat(bridge.awaitEnd(SOON)).as("the bridge has ended").isTrue();
    }
  }

  private void assertRefused(String path, OfferSpec offer) {
    try (TestPeer late = TestPeer.open()) {
      Reply reply = late.connect(server.resolve(path), offer);
      assertThat(reply.status()).as(reply.body()).isEqualTo(503);
      assertThat(reply.header("Retry-After")).isPresent();
      assertThat(reply.body()).contains(":error:draining");
    }
  }

  private void assertThatMediaFlows() {
    try (TestPeer publisher = publisher();
        TestPeer player = player()) {
      publisher.video(VideoSettings.defaults()).start();
      player.awaitVideoPackets(30, SOON);
    }
  }

  private TestPeer publisher() {
    return connected(server.resolve("/whip/" + room), OfferSpec.publisher(Codec.VP8));
  }

  private TestPeer player() {
    return connected(server.resolve("/whep/" + room), otherNumbers(Codec.VP8));
  }
}
