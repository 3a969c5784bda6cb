package io.github.jvbwhip.whep;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.jvbwhip.core.bridge.FakeBridge;
import io.github.jvbwhip.core.sdp.Direction;
import io.github.jvbwhip.http.TestRuntime;
import io.github.jvbwhip.http.access.ByAction;
import io.github.jvbwhip.http.composition.Authorizers;
import io.github.jvbwhip.http.fuzz.BridgeEvents;
import io.github.jvbwhip.http.fuzz.Choices;
import io.github.jvbwhip.http.fuzz.FuzzedClient;
import io.github.jvbwhip.http.server.LocalServer;
import io.github.jvbwhip.whep.events.TestLoop;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Any sequence of requests to WHEP's resources, while anything happens on the bridge: each gets a
 * legal response, and when the sessions are ended nothing of them is left.
 */
class ResourcesFuzzTest implements FuzzedClient.World {
  private static final int SEQUENCES = 100;

  private final FakeBridge bridge = new FakeBridge();
  private final TestRuntime runtime = new TestRuntime();
  private final TestLoop loop = new TestLoop();
  private final BridgeEvents events = new BridgeEvents(bridge, runtime.clock());
  private final List<String> bodies = new ArrayList<>();
  private final List<String> fragments = new ArrayList<>();
  private WhepPlugin plugin;
  private LocalServer server;
  private FuzzedClient client;

  @BeforeEach
  void start() throws Exception {
    for (String name : List.of("chromium-whep", "gstreamer-webrtcbin-whep", "whep-draft-example")) {
      bodies.add(WhepServer.resource("/offers/" + name + ".sdp"));
    }
    bodies.add(WhepServer.OFFER.replace("a=recvonly", "a=sendonly"));
    fragments.add(WhepServer.resource("/examples/rfc9725-trickle.sdpfrag"));
    fragments.add(WhepServer.resource("/examples/rfc9725-restart-request.sdpfrag"));
    fragments.add("[\"active\", \"layers\", \"viewercount\"]");
    fragments.add("{\"mediaId\": \"1\", \"maxSpatialLayerId\": 1, \"encodingId\": \"q\"}");
    WhepConfig config =
        WhepServer.config(
            "rate-limit.requests-per-second = 0, max-sessions = 6, max-sessions-per-room = 5,"
                + " max-connecting-per-address = 4, server-offer-rooms = [ offered ],"
                + " when-unpublished = wait, scte35.tokens = [ token ]");
    plugin =
        new WhepPlugin(
            bridge,
            config,
            new ByAction(
                config.authorizers(
                    Authorizers.of(
                        config.http().auth(),
                        UnaryOperator.identity(),
                        runtime.clock(),
                        part -> {}))),
            runtime.runtime(),
            loop);
    server = new LocalServer(plugin.mounts());
    client = new FuzzedClient(server, this);
  }

  @AfterEach
  void stop() throws Exception {
    plugin.close();
    server.close();
    loop.close();
    bridge.close();
    runtime.close();
  }

  @FuzzTest(maxDuration = "30s")
  void every_sequence_of_requests_is_served(byte[] bytes) throws Exception {
    check(bytes);
  }

  /** The same over random sequences, in every build. */
  @Test
  void every_random_sequence_of_requests_is_served() throws Exception {
    Random random = new Random(1);
    for (int i = 0; i < SEQUENCES; i++) {
      byte[] bytes = new byte[random.nextInt(300)];
      random.nextBytes(bytes);
      check(bytes);
    }
    assertThat(client.statuses()).containsKeys(201, 204, 400, 404, 405, 406, 412, 415, 503);
  }

  private void check(byte[] bytes) throws Exception {
    client.play(bytes);
    assertThat(plugin.sessions().sessions()).isEmpty();
    assertThat(bridge.endpoints()).isEmpty();
    loop.settle();
    assertThat(bridge.observerCount()).isZero();
    events.calm();
  }

  @Override
  public List<String> endpoints() {
    return List.of(
        "/whep/a",
        "/whep/a/cam",
        "/whep/offered",
        "/whep/offered/cam",
        "/whep/a:scte35",
        "/api/rooms",
        "/api/rooms/events",
        "/whep/sessions/nobody",
        "/whep/a/b/c",
        "/whep");
  }

  @Override
  public List<String> below() {
    return List.of("/layer", "/sse", "/sse?named=0", "/sse/1", "/", "?token=x", "x");
  }

  @Override
  public List<String> bodies() {
    return bodies;
  }

  @Override
  public List<String> fragments() {
    return fragments;
  }

  @Override
  public Direction direction() {
    return Direction.SENDONLY;
  }

  @Override
  public void happen(Choices choices) {
    events.happen(choices);
  }
}
