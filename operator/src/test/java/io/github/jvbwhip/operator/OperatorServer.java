package io.github.jvbwhip.operator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.github.jvbwhip.core.bridge.Availability;
import io.github.jvbwhip.core.bridge.FakeBridge;
import io.github.jvbwhip.core.bridge.FakeIngest;
import io.github.jvbwhip.core.bridge.RoomName;
import io.github.jvbwhip.core.relay.ClusterView;
import io.github.jvbwhip.core.relay.RelayLink;
import io.github.jvbwhip.http.TestServer;
import io.github.jvbwhip.http.access.Authorizer;
import io.github.jvbwhip.http.access.ByAction;
import io.github.jvbwhip.http.composition.Authorizers;
import io.github.jvbwhip.http.composition.Composition;
import io.github.jvbwhip.http.runtime.PostListener;
import io.github.jvbwhip.whep.WhepConfig;
import io.github.jvbwhip.whep.WhepPlugin;
import io.github.jvbwhip.whip.WhipConfig;
import io.github.jvbwhip.whip.WhipPlugin;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** Both protocols on the fake bridge, and the operator's API, behind a real Jetty. */
final class OperatorServer implements AutoCloseable {
  static final String TOKEN = "the-operator";
  static final JsonMapper JSON = JsonMapper.builder().build();

  final FakeBridge bridge = new FakeBridge();
  private final Composition composition = new Composition("test", PostListener.NONE);
  private final TestServer http;
  private final OperatorPlugin plugin;

  /**
   * @param changes of the configuration, below {@code videobridge}
   */
  OperatorServer(String changes) throws Exception {
    Config config =
        ConfigFactory.parseString("videobridge {\n" + changes + "\n}")
            .withFallback(
                ConfigFactory.parseString(
                    OperatorConfig.PATH
                        + " { enabled = true, tokens = [ \""
                        + TOKEN
                        + "\" ] }\n"
                        + WhipConfig.PATH
                        + ".rate-limit.requests-per-second = 0"))
            .withFallback(ConfigFactory.defaultReference())
            .resolve();
    WhipConfig whip = WhipConfig.read(config, Set.of());
    WhepConfig whep = WhepConfig.read(config, Set.of());
    Operator operator = new Operator(OperatorConfig.read(config), bridge, composition);
    Authorizer authorizer =
        operator.before(
            new ByAction(
                whip.authorizers(Authorizers.of(whip.http().auth(), bridge, composition)),
                whep.authorizers(Authorizers.of(whep.http().auth(), bridge, composition))));
    composition.addPlugin(
        new WhipPlugin(bridge, whip, authorizer, operator.runtime(), operator.names()));
    WhepPlugin players = new WhepPlugin(bridge, whep, authorizer, operator.runtime());
    composition.addPlugin(players);
    plugin =
        operator
            .serve(
                composition,
                bridge,
                whip.http(),
                authorizer,
                Optional.of(players::scte35),
                Optional.of(() -> CLUSTER))
            .orElseThrow();
    http = composition.addServer(new TestServer(composition.mounts()));
  }

  /** Of three members one does not answer, and one has a room from here. */
  private static final ClusterView CLUSTER =
      new ClusterView(
          "http://a",
          List.of(
              new ClusterView.MemberView(
                  "http://b", true, 40, Availability.State.ACCEPTING, 2, 100, 1),
              new ClusterView.MemberView(
                  "http://c", false, -1, Availability.State.ACCEPTING, 0, 0, 0)),
          List.of(
              new ClusterView.LinkView(
                  new RoomName("hall"),
                  "0badcafe",
                  "http://b",
                  ClusterView.Direction.DOWN,
                  1,
                  2,
                  new RelayLink.Stats(true, 1_000_000, 1, 2, 3, 4, OptionalLong.of(500)))));

  /** The URL space of the API. */
  OperatorRouter router() {
    return plugin.router();
  }

  TestServer http() {
    return http;
  }

  static String offer(String name) {
    try (InputStream in = OperatorServer.class.getResourceAsStream("/offers/" + name + ".sdp")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  HttpResponse<String> publish(String path, String... headers) throws Exception {
    String[] all = new String[headers.length + 2];
    all[0] = "Content-Type";
    all[1] = "application/sdp";
    System.arraycopy(headers, 0, all, 2, headers.length);
    return http.send("POST", "/whip/" + path, offer("obs"), all);
  }

  HttpResponse<String> watch(String path) throws Exception {
    return http.send(
        "POST", "/whep/" + path, offer("chromium-whep"), "Content-Type", "application/sdp");
  }

  /** A request of the operator's. */
  HttpResponse<String> call(String method, String path) throws Exception {
    return http.send(method, "/operator/" + path, "", "Authorization", "Bearer " + TOKEN);
  }

  HttpResponse<String> call(String method, String path, String body) throws Exception {
    return http.send(
        method,
        "/operator/" + path,
        body,
        "Authorization",
        "Bearer " + TOKEN,
        "Content-Type",
        "application/json");
  }

  /** What it answers, which is JSON. */
  JsonNode get(String path) throws Exception {
    HttpResponse<String> response = call("GET", path);
    if (response.statusCode() != 200) {
      throw new AssertionError(response.statusCode() + " " + response.body());
    }
    return JSON.readTree(response.body());
  }

  /** The one live publisher's endpoint. */
  FakeIngest ingest() {
    if (bridge.ingests().size() != 1) {
      throw new AssertionError("publishers: " + bridge.ingests().size());
    }
    return bridge.ingests().get(0);
  }

  @Override
  public void close() {
    composition.close();
    bridge.close();
  }
}
