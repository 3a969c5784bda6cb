package io.github.jvbwhip.standalone;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.github.jvbwhip.core.bridge.Bridge;
import io.github.jvbwhip.core.metrics.SessionMeters;
import io.github.jvbwhip.core.metrics.SessionMetrics;
import io.github.jvbwhip.core.threads.Waits;
import io.github.jvbwhip.edge.EdgeBridge;
import io.github.jvbwhip.edge.EdgeConfig;
import io.github.jvbwhip.embedded.EmbeddedBridge;
import io.github.jvbwhip.embedded.EmbeddedBridgeConfig;
import io.github.jvbwhip.embedded.transport.UdpConfig;
import io.github.jvbwhip.http.access.Authorizer;
import io.github.jvbwhip.http.access.ByAction;
import io.github.jvbwhip.http.composition.Authorizers;
import io.github.jvbwhip.http.composition.Composition;
import io.github.jvbwhip.http.composition.DrainWatch;
import io.github.jvbwhip.http.composition.Mount;
import io.github.jvbwhip.http.config.HttpConfig;
import io.github.jvbwhip.http.config.InvalidConfigException;
import io.github.jvbwhip.http.config.Network;
import io.github.jvbwhip.http.pages.PagesServlet;
import io.github.jvbwhip.http.runtime.PostListener;
import io.github.jvbwhip.http.server.Rehearsal;
import io.github.jvbwhip.http.server.WebServer;
import io.github.jvbwhip.http.server.WebServerConfig;
import io.github.jvbwhip.operator.Operator;
import io.github.jvbwhip.operator.OperatorConfig;
import io.github.jvbwhip.standalone.monitoring.HealthServlet;
import io.github.jvbwhip.standalone.monitoring.MetricsServlet;
import io.github.jvbwhip.standalone.monitoring.PrometheusMetrics;
import io.github.jvbwhip.whep.WhepConfig;
import io.github.jvbwhip.whep.WhepPlugin;
import io.github.jvbwhip.whip.WhipConfig;
import io.github.jvbwhip.whip.WhipPlugin;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The product on the embedded bridge, in this process: HTTP server, plugins, bridge, pages.
 * Thread-safe.
 */
public final class Standalone implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Standalone.class);

  /** For sessions that are ended when their time is over. */
  private static final Duration LAST_ENDS = Duration.ofSeconds(2);

  /** On JVB the plugins are off until an operator wants them; here they are what was asked for. */
  private static final Map<String, Boolean> ENABLED =
      Map.of(WhipConfig.PATH + ".enabled", true, WhepConfig.PATH + ".enabled", true);

  private final PrometheusMetrics metrics = new PrometheusMetrics();
  private final SessionMeters meters = new SessionMeters(metrics);
  private final Composition composition = new Composition("standalone", PostListener.of(meters));
  private final EmbeddedBridge bridge;
  private final Bridge watched;
  private final WebServer web;
  private final Banner.Access access;
  private final String host;
  private final Duration drainTimeout;
  private volatile boolean closing;

  private Standalone(StandaloneConfig own, Config config)
      throws StartupException, InvalidConfigException {
    boolean started = false;
    try {
      WhipConfig whip = WhipConfig.read(config, GivenKeys.PASSED_OVER);
      WhepConfig whep = WhepConfig.read(config, Set.of());
      Openness.check(own, whip, true, whep, true);
      own.http().checkProxies(StandaloneConfig.PATH + ".http", whip.http().trustedProxies());
      EdgeConfig others = EdgeConfig.read(config);
      OperatorConfig forOperator = OperatorConfig.read(config);
      access = Banner.Access.of(whip, whep);
      host = own.http().host();
      bridge = composition.add(startBridge(own, whep, meters));
      watched = edge(others);
      tellLimits(own, whip.http(), whep.http());
      Operator operator = new Operator(forOperator, watched, composition);
      Authorizer authorizer =
          operator.before(
              new ByAction(
                  whip.authorizers(Authorizers.of(whip.http().auth(), watched, composition)),
                  whep.authorizers(Authorizers.of(whep.http().auth(), watched, composition))));
      if (whip.http().enabled()) {
        composition.addPlugin(
            new WhipPlugin(watched, whip, authorizer, operator.runtime(), operator.names()));
      }
      Optional<WhepPlugin> players = Optional.empty();
      if (whep.http().enabled()) {
        players = Optional.of(new WhepPlugin(watched, whep, authorizer, operator.runtime()));
        composition.addPlugin(players.get());
      }
      var unused =
          operator.serve(
              composition,
              watched,
              whip.http(),
              authorizer,
              players.map(plugin -> plugin::scte35),
              Optional.empty());
      composition.mount(
          new Mount(
              new PagesServlet(whep.frameAncestors(), forOperator.enabled()),
              PagesServlet.MAPPINGS));
      drainTimeout = own.drainTimeout();
      composition.mount(
          Mount.at(
              "/metrics",
              new MetricsServlet(
                  metrics, bridge::measure, own.metricsReaders(), whip.http().trustedProxies())));
      composition.mount(Mount.at("/health", new HealthServlet(this::fault, bridge::availability)));
      Rehearsal.hold(
          composition.runtime(),
          (everybody, silent) ->
              List.of(
                  new WhipPlugin(bridge, whip, everybody, silent),
                  new WhepPlugin(bridge, whep, everybody, silent)));
      web =
          composition.addServer(
              startHttp(own.http(), whip.http().trustedProxies(), composition.mounts()));
      started = true;
    } finally {
      if (!started) {
        close();
      }
    }
  }

  /**
   * The whole configuration: what is given, over this product's own defaults (both endpoints are
   * on), over those of the plugins.
   */
  public static Config configuration(Config given) {
    return ConfigFactory.load(given.withFallback(ConfigFactory.parseMap(ENABLED)));
  }

  /**
   * Starts everything.
   *
   * @param config what {@link #configuration} returned
   * @throws StartupException when a port is taken
   * @throws InvalidConfigException with one line that names the key that is wrong
   */
  public static Standalone start(Config config) throws StartupException, InvalidConfigException {
    return new Standalone(StandaloneConfig.read(config), config);
  }

  /** The bridge, with what it has at other servers where there are any. */
  private Bridge edge(EdgeConfig config) {
    return config.isNone()
        ? bridge
        : composition.add(new EdgeBridge(bridge, config, composition.runtime()));
  }

  private static WebServer startHttp(
      WebServerConfig config, List<Network> trustedProxies, List<Mount> mounts)
      throws StartupException {
    try {
      return WebServer.start(config, trustedProxies, mounts);
    } catch (IOException e) {
      throw new StartupException(e.getMessage() + ". Choose another one with --port.", e);
    }
  }

  private static EmbeddedBridge startBridge(
      StandaloneConfig own, WhepConfig whep, SessionMetrics metrics) throws StartupException {
    EmbeddedBridgeConfig defaults = EmbeddedBridgeConfig.onPort(own.udpPort());
    UdpConfig udp = defaults.udp();
    UdpConfig chosen =
        new UdpConfig(
            own.bind(),
            udp.port(),
            own.advertise(),
            udp.connectTimeout(),
            udp.consentTimeout(),
            own.tcpPort());
    try {
      return EmbeddedBridge.start(
          new EmbeddedBridgeConfig(
              chosen,
              defaults
                  .forwarding()
                  .withMaxPublisherBitrate(own.maxPublisherBitrate())
                  .with(whep.firstPicture()),
              own.maxSessions()),
          metrics);
    } catch (IOException e) {
      throw new StartupException(
          "Media cannot listen: "
              + e.getMessage()
              + ". Choose another port with --udp-port, or by standalone.tcp-port.",
          e);
    }
  }

  /** The bridge has one limit for all, and each protocol one of its own. */
  private void tellLimits(StandaloneConfig own, HttpConfig whip, HttpConfig whep) {
    meters.limit(
        SessionMetrics.Kind.WHIP, Math.min(own.maxSessions(), whip.limits().maxSessions()));
    meters.limit(
        SessionMetrics.Kind.WHEP, Math.min(own.maxSessions(), whep.limits().maxSessions()));
  }

  private Optional<String> fault() {
    return closing ? Optional.of("The server stops.") : bridge.fault();
  }

  /** Where the pages and endpoints are on this machine. */
  public URI uri() {
    return URI.create("http://127.0.0.1:" + web.port().orElseThrow() + "/");
  }

  /** The bridge that runs. */
  public Bridge bridge() {
    return bridge;
  }

  /** What a person who started it wants to know. */
  String banner() {
    String media =
        "embedded, media on UDP port "
            + bridge.localAddresses().get(0).getPort()
            + bridge.localTcpAddresses().stream()
                .findFirst()
                .map(address -> " and TCP port " + address.getPort())
                .orElse("");
    return new Banner(media, host, web.port().orElseThrow(), access, true, Optional.empty()).text();
  }

  /** How long {@link #drain} takes at most. */
  Duration drainTimeout() {
    return drainTimeout;
  }

  /**
   * Takes no new sessions, asks players to reconnect, and waits until the last session has ended,
   * or their time is over.
   */
  void drain() {
    bridge.drain(Optional.empty());
    DrainWatch watch = composition.watchDrain(bridge, drainTimeout);
    if (!Waits.within(drainTimeout.plus(LAST_ENDS), watch.drained())) {
      LOG.warn("Not all sessions have ended in time");
    }
  }

  /** Ends all sessions and frees ports and threads. Idempotent. */
  @Override
  public void close() {
    closing = true;
    composition.close();
  }
}
