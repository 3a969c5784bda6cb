package io.github.jvbwhip.standalone;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.github.jvbwhip.core.bridge.Bridge;
import io.github.jvbwhip.embedded.EmbeddedBridge;
import io.github.jvbwhip.embedded.EmbeddedBridgeConfig;
import io.github.jvbwhip.embedded.transport.UdpConfig;
import io.github.jvbwhip.http.ServerRuntime;
import io.github.jvbwhip.http.config.InvalidConfigException;
import io.github.jvbwhip.http.pages.PagesServlet;
import io.github.jvbwhip.standalone.WebServer.Mount;
import io.github.jvbwhip.whep.WhepConfig;
import io.github.jvbwhip.whep.WhepPlugin;
import io.github.jvbwhip.whip.WhipConfig;
import io.github.jvbwhip.whip.WhipPlugin;
import java.io.IOException;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The product on the embedded bridge, in this process: HTTP server, plugins, bridge, pages.
 * Thread-safe.
 */
public final class Standalone implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Standalone.class);

  /** On JVB the plugins are off until an operator wants them; here they are what was asked for. */
  private static final Map<String, Boolean> ENABLED =
      Map.of(WhipConfig.PATH + ".enabled", true, WhepConfig.PATH + ".enabled", true);

  /** Keys that only mean something on JVB: one file may serve both bridges. */
  private static final Set<String> OF_THE_DROP_IN_JAR =
      Set.of("http-server", "stress-limit", "pages");

  /** What was started, newest first: the order in which it is closed. */
  private final Deque<AutoCloseable> parts = new ArrayDeque<>();

  private final EmbeddedBridge bridge;
  private final WebServer web;

  private Standalone(StandaloneConfig own, Config config)
      throws StartupException, InvalidConfigException {
    boolean started = false;
    try {
      WhipConfig whip = WhipConfig.read(config, OF_THE_DROP_IN_JAR);
      WhepConfig whep = WhepConfig.read(config, Set.of());
      bridge = part(startBridge(own));
      ServerRuntime runtime = runtime();
      List<Mount> mounts = new ArrayList<>();
      List<AutoCloseable> plugins = new ArrayList<>();
      if (whip.http().enabled()) {
        WhipPlugin plugin = part(new WhipPlugin(bridge, whip, runtime));
        plugins.add(plugin);
        mounts.add(new Mount(plugin.servlet(), List.of("/whip/*")));
      }
      if (whep.http().enabled()) {
        WhepPlugin plugin = part(new WhepPlugin(bridge, whep, runtime));
        plugins.add(plugin);
        mounts.add(new Mount(plugin.servlet(), List.of("/whep/*")));
        plugin
            .roomsServlet()
            .ifPresent(rooms -> mounts.add(new Mount(rooms, List.of("/api/rooms/*"))));
      }
      mounts.add(new Mount(new PagesServlet(), PagesServlet.MAPPINGS));
      web = part(WebServer.start(own.http(), mounts));
      // Closed before the server, over which players are told to reconnect; again does no harm.
      plugins.forEach(this::part);
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

  private static EmbeddedBridge startBridge(StandaloneConfig own) throws StartupException {
    EmbeddedBridgeConfig defaults = EmbeddedBridgeConfig.onPort(own.udpPort());
    UdpConfig udp = defaults.udp();
    UdpConfig chosen =
        new UdpConfig(
            own.bind(),
            udp.port(),
            own.advertise(),
            udp.connectTimeout(),
            udp.peerReflexiveTimeout(),
            udp.consentTimeout());
    try {
      return EmbeddedBridge.start(
          new EmbeddedBridgeConfig(chosen, defaults.forwarding(), defaults.maxSessions()));
    } catch (IOException e) {
      throw new StartupException(
          "Media cannot use UDP: " + e.getMessage() + ". Choose another port with --udp-port.", e);
    }
  }

  private ServerRuntime runtime() {
    ExecutorService executor = Executors.newFixedThreadPool(8, threads("session"));
    part(executor::shutdown);
    ScheduledExecutorService scheduler =
        Executors.newSingleThreadScheduledExecutor(threads("timer"));
    part(scheduler::shutdownNow);
    return new ServerRuntime(Clock.systemUTC(), new SecureRandom(), executor, scheduler);
  }

  private static ThreadFactory threads(String name) {
    AtomicInteger count = new AtomicInteger();
    return task -> {
      Thread thread = new Thread(task, name + "-" + count.incrementAndGet());
      thread.setDaemon(true);
      return thread;
    };
  }

  private <T extends AutoCloseable> T part(T part) {
    parts.push(part);
    return part;
  }

  /** Where the pages and endpoints are on this machine. */
  public URI uri() {
    return URI.create("http://127.0.0.1:" + web.port() + "/");
  }

  /** The same over TLS, where a key store is configured. */
  public Optional<URI> secureUri() {
    return web.securePort().map(port -> URI.create("https://127.0.0.1:" + port + "/"));
  }

  /** The bridge that runs. */
  public Bridge bridge() {
    return bridge;
  }

  /** What a person who started it wants to know. */
  String banner() {
    return Banner.text(
        "embedded, media on UDP port " + bridge.localAddresses().get(0).getPort(), web.port());
  }

  /** Ends all sessions and frees ports and threads. Idempotent. */
  @Override
  public synchronized void close() {
    while (!parts.isEmpty()) {
      try {
        parts.pop().close();
      } catch (Exception e) {
        LOG.warn("A part did not close cleanly", e);
      }
    }
  }
}
