package io.github.jvbwhip.whip;

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
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Any sequence of requests to WHIP's resources, while anything happens on the bridge: each gets a
 * legal response, and when the sessions are ended nothing of them is left.
 */
class ResourcesFuzzTest implements FuzzedClient.World {
  private static final int SEQUENCES = 100;

  private final FakeBridge bridge = new FakeBridge();
  private final TestRuntime runtime = new TestRuntime();
  private final BridgeEvents events = new BridgeEvents(bridge, runtime.clock());
  private final List<String> bodies = new ArrayList<>();
  private final List<String> fragments = new ArrayList<>();
  private WhipPlugin plugin;
  private LocalServer server;
  private FuzzedClient client;

  @BeforeEach
  void start() throws Exception {
    Samples.OFFERS.forEach(name -> bodies.add(Samples.offer(name)));
    Samples.oddFragments().forEach(name -> fragments.add(Samples.oddBody(name)));
    fragments.add(Samples.fragment("abcd", "x".repeat(22)));
    fragments.add(Samples.example("rfc9725-restart-request.sdpfrag"));
    WhipConfig config =
        WhipServer.config(
            "rate-limit.requests-per-second = 0, media-timeout = 0, max-sessions = 6,"
                + " max-sessions-per-room = 5, max-connecting-per-address = 4");
    plugin =
        new WhipPlugin(
            bridge,
            config,
            new ByAction(
                config.authorizers(
                    Authorizers.of(
                        config.http().auth(),
                        UnaryOperator.identity(),
                        runtime.clock(),
                        part -> {}))),
            runtime.runtime());
    server = new LocalServer(plugin.mounts());
    client = new FuzzedClient(server, this);
  }

  @AfterEach
  void stop() throws Exception {
    plugin.close();
    server.close();
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
    assertThat(client.statuses()).containsKeys(201, 204, 400, 404, 405, 409, 412, 415, 503);
  }

  private void check(byte[] bytes) throws Exception {
    client.play(bytes);
    assertThat(plugin.sessions().sessions()).isEmpty();
    assertThat(bridge.endpoints()).isEmpty();
    assertThat(bridge.observerCount()).isZero();
    events.calm();
  }

  @Override
  public List<String> endpoints() {
    return List.of(
        "/whip/a",
        "/whip/a/cam",
        "/whip/b?codecs=h264,opus",
        "/whip/a/cam?codecs=x",
        "/whip/",
        "/whip/sessions/nobody",
        "/whip/a/b/c",
        "/other");
  }

  @Override
  public List<String> below() {
    return List.of("/", "/layer", "?token=x", "x");
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
    return Direction.RECVONLY;
  }

  @Override
  public void happen(Choices choices) {
    events.happen(choices);
  }
}
