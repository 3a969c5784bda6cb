package io.github.jvbwhip.whip;

import com.typesafe.config.ConfigFactory;
import io.github.jvbwhip.core.bridge.FakeBridge;
import io.github.jvbwhip.core.bridge.FakeIngest;
import io.github.jvbwhip.core.session.ManualClock;
import io.github.jvbwhip.http.TestRuntime;
import io.github.jvbwhip.http.TestServer;
import io.github.jvbwhip.http.access.ByAction;
import io.github.jvbwhip.http.composition.Authorizers;
import io.github.jvbwhip.http.sessions.SessionLog;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/** WHIP on a real HTTP server and the fake bridge. */
final class WhipServer implements AutoCloseable {
  private static final String CALM = "rate-limit.requests-per-second = 0, media-timeout = 0\n";

  private final TestRuntime runtime = new TestRuntime();
  private final FakeBridge bridge = new FakeBridge();
  private final WhipPlugin plugin;
  private final TestServer server;

  /** A session that was created. */
  record Published(HttpResponse<String> response, String location, String etag) {}

  /**
   * @param changes to the default configuration, below {@code videobridge.whip}
   */
  WhipServer(String changes) throws Exception {
    this(changes, 200);
  }

  /**
   * @param threads how many the HTTP server has
   */
  WhipServer(String changes, int threads) throws Exception {
    WhipConfig whip = config(CALM + changes);
    this.plugin =
        new WhipPlugin(
            bridge,
            whip,
            new ByAction(
                whip.authorizers(
                    Authorizers.of(
                        whip.http().auth(),
                        UnaryOperator.identity(),
                        runtime.clock(),
                        part -> {}))),
            runtime.runtime().with(new SessionLog(SessionLog.Format.TEXT)));
    this.server = new TestServer(plugin.mounts(), threads);
  }

  static WhipConfig config(String changes) throws Exception {
    return WhipConfig.read(
        ConfigFactory.parseString(WhipConfig.PATH + " {\n" + changes + "\n}")
            .withFallback(ConfigFactory.defaultReference())
            .resolve(),
        Set.of());
  }

  FakeBridge bridge() {
    return bridge;
  }

  WhipPlugin plugin() {
    return plugin;
  }

  TestServer http() {
    return server;
  }

  ManualClock clock() {
    return runtime.clock();
  }

  /** From now on there is no thread for the sessions' operations. */
  void stopExecutor() {
    runtime.stopExecutor();
  }

  /** The one live publisher's endpoint. */
  FakeIngest ingest() {
    List<FakeIngest> live = bridge.ingests();
    if (live.size() != 1) {
      throw new AssertionError("publishers: " + live.size());
    }
    return live.get(0);
  }

  HttpResponse<String> post(String path, String offer, String... headers) throws Exception {
    return server.send("POST", path, offer, typed("application/sdp", headers));
  }

  Published publish(String path, String offer, String... headers) throws Exception {
    HttpResponse<String> response = post(path, offer, headers);
    if (response.statusCode() != 201) {
      throw new AssertionError(response.statusCode() + " " + response.body());
    }
    return new Published(
        response,
        response.headers().firstValue("Location").orElseThrow(),
        response.headers().firstValue("ETag").orElseThrow());
  }

  Published publish() throws Exception {
    return publish("/whip/room", Samples.rfcOffer());
  }

  HttpResponse<String> patch(String location, String fragment, String... headers) throws Exception {
    return server.send(
        "PATCH", location, fragment, typed("application/trickle-ice-sdpfrag", headers));
  }

  HttpResponse<String> delete(String location, String... headers) throws Exception {
    return server.send("DELETE", location, "", headers);
  }

  private static String[] typed(String type, String... headers) {
    List<String> all = new ArrayList<>(List.of("Content-Type", type));
    all.addAll(List.of(headers));
    return all.toArray(String[]::new);
  }

  @Override
  public void close() throws Exception {
    plugin.close();
    server.close();
    bridge.close();
    runtime.close();
  }
}
