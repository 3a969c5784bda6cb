package io.github.jvbwhip.dropin;

import io.github.jvbwhip.http.ServerRuntime;
import io.github.jvbwhip.http.pages.PagesServlet;
import io.github.jvbwhip.jvb.JvbBridge;
import io.github.jvbwhip.whep.WhepPlugin;
import io.github.jvbwhip.whip.WhipPlugin;
import jakarta.servlet.http.HttpServlet;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.component.LifeCycle;
import org.jitsi.rest.JettyBundleActivatorConfig;
import org.jitsi.rest.JettyHelpers;
import org.jitsi.videobridge.Videobridge;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The running plugins: the bridge's port, both protocols, the pages. */
final class DropIn implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(DropIn.class);
  private static final int THREADS = 8;

  private final Deque<AutoCloseable> toClose = new ArrayDeque<>();

  private DropIn() {}

  /**
   * Starts what the configuration says.
   *
   * @param shared the bridge's private HTTP server; with it the plugins stop
   * @throws Exception when something cannot start; nothing is left running then
   */
  static void start(Videobridge videobridge, DropInConfig config, ServletContextHandler shared)
      throws Exception {
    DropIn dropIn = new DropIn();
    try {
      dropIn.run(videobridge, config, shared);
    } catch (Exception | LinkageError e) {
      dropIn.close();
      throw e;
    }
    shared.addEventListener(
        new LifeCycle.Listener() {
          @Override
          public void lifeCycleStopping(LifeCycle stopping) {
            dropIn.close();
          }
        });
  }

  private void run(Videobridge videobridge, DropInConfig config, ServletContextHandler shared)
      throws Exception {
    ServerRuntime runtime = runtime();
    JvbBridge bridge = closing(new JvbBridge(videobridge, config.stressLimit()));
    ServletContextHandler target = shared;
    Server own = null;
    if (config.ownConnector()) {
      own =
          JettyHelpers.createServer(
              new JettyBundleActivatorConfig(
                  "org.jitsi.videobridge.whip", DropInConfig.HTTP_SERVER));
      target = JettyHelpers.getServletContextHandler(own);
    }
    if (config.whip().http().enabled()) {
      WhipPlugin whip = closing(new WhipPlugin(bridge, config.whip(), runtime));
      mount(target, whip.servlet(), "/whip/*");
    }
    if (config.whep().http().enabled()) {
      WhepPlugin whep = closing(new WhepPlugin(bridge, config.whep(), runtime));
      mount(target, whep.servlet(), "/whep/*");
      if (whep.roomsServlet().isPresent()) {
        mount(target, whep.roomsServlet().get(), "/api/rooms/*");
      }
    }
    if (config.pages()) {
      mount(target, new PagesServlet(), PagesServlet.MAPPINGS.toArray(String[]::new));
    }
    if (own != null) {
      Server server = own;
      closing(server::stop);
      server.start();
    }
    LOG.info(
        "WHIP is {}, WHEP is {}, on {}; the bridge is {}",
        config.whip().http().enabled() ? "on" : "off",
        config.whep().http().enabled() ? "on" : "off",
        own == null ? "the bridge's private HTTP server" : "its own connector",
        bridge.name());
    runtime.executor().execute(bridge::warmUp);
  }

  private ServerRuntime runtime() {
    AtomicInteger number = new AtomicInteger();
    ExecutorService executor =
        Executors.newFixedThreadPool(
            THREADS, task -> daemon(task, "jvb-whip-" + number.incrementAndGet()));
    closing(executor::shutdownNow);
    ScheduledExecutorService scheduler =
        Executors.newSingleThreadScheduledExecutor(task -> daemon(task, "jvb-whip-scheduler"));
    closing(scheduler::shutdownNow);
    return new ServerRuntime(Clock.systemUTC(), new SecureRandom(), executor, scheduler);
  }

  private static Thread daemon(Runnable task, String name) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    return thread;
  }

  private static void mount(ServletContextHandler target, HttpServlet servlet, String... paths) {
    ServletHolder holder = new ServletHolder(servlet);
    holder.setAsyncSupported(true);
    for (String path : paths) {
      target.addServlet(holder, path);
    }
  }

  private <T extends AutoCloseable> T closing(T part) {
    toClose.push(part);
    return part;
  }

  /** Stops everything, the last started first. Idempotent. */
  @Override
  public void close() {
    while (!toClose.isEmpty()) {
      AutoCloseable part = toClose.pop();
      try {
        part.close();
      } catch (Exception e) {
        LOG.warn("Stopping failed", e);
      }
    }
  }
}
