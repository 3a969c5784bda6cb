package io.github.jvbwhip.http.composition;

import io.github.jvbwhip.core.bridge.Bridge;
import io.github.jvbwhip.core.threads.DaemonThreads;
import io.github.jvbwhip.http.runtime.PostListener;
import io.github.jvbwhip.http.runtime.ServerRuntime;
import io.github.jvbwhip.http.runtime.SessionListener;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What whoever puts a product together needs, whatever its bridge and its HTTP server: the plugins'
 * runtime, what is to be mounted, and the order in which everything is closed. Parts are added by
 * one thread; {@link #close} may be called by any.
 */
public final class Composition implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Composition.class);
  private static final int THREADS = 8;

  private final Deque<AutoCloseable> parts = new ArrayDeque<>();
  private final List<Plugin> plugins = new ArrayList<>();
  private final List<Mount> mounts = new ArrayList<>();
  private final ServerRuntime runtime;

  /**
   * Starts the runtime.
   *
   * @param threads how the names of its threads begin
   * @param posts is told how POSTs to endpoints were answered
   */
  public Composition(String threads, PostListener posts) {
    ExecutorService executor = Executors.newFixedThreadPool(THREADS, named(threads + "-session"));
    add(executor::shutdown);
    ScheduledThreadPoolExecutor scheduler =
        new ScheduledThreadPoolExecutor(1, named(threads + "-timer"));
    scheduler.setRemoveOnCancelPolicy(true); // Not to keep sessions that have ended long before.
    add(scheduler::shutdownNow);
    runtime =
        new ServerRuntime(
            Clock.systemUTC(),
            new SecureRandom(),
            executor,
            scheduler,
            posts,
            SessionListener.NONE);
  }

  private static ThreadFactory named(String name) {
    return DaemonThreads.numbered(name, fault -> LOG.error("A thread ended by a fault", fault));
  }

  /** The plugins' runtime. */
  public ServerRuntime runtime() {
    return runtime;
  }

  /** Takes over the closing of a part; parts are closed in the opposite order. */
  public <T extends AutoCloseable> T add(T part) {
    synchronized (parts) {
      parts.push(part);
    }
    return part;
  }

  /** Takes over a plugin. */
  public void addPlugin(Plugin plugin) {
    plugins.add(add(plugin));
    mounts.addAll(plugin.mounts());
  }

  /**
   * Ends the sessions of the plugins that are there when the bridge has drained for that time.
   *
   * @param time zero for never
   */
  public DrainWatch watchDrain(Bridge bridge, Duration time) {
    DrainWatch watch = add(new DrainWatch(bridge::availability, plugins, time, runtime.clock()));
    watch.start(runtime.scheduler());
    return watch;
  }

  /** Has one more servlet mounted. */
  public void mount(Mount mount) {
    mounts.add(mount);
  }

  /** All that a server has to mount. */
  public List<Mount> mounts() {
    return List.copyOf(mounts);
  }

  /**
   * Takes over the server that the servlets are mounted on. It is closed after the plugins, which
   * take leave of their clients over it.
   */
  public <T extends AutoCloseable> T addServer(T server) {
    add(server);
    plugins.forEach(this::add);
    return server;
  }

  /** Closes everything, the last part first. Idempotent. */
  @Override
  public void close() {
    for (AutoCloseable part = next(); part != null; part = next()) {
      try {
        part.close();
      } catch (Exception | Error e) {
        LOG.warn("A part did not close cleanly", e);
      }
    }
  }

  private @Nullable AutoCloseable next() {
    synchronized (parts) {
      return parts.poll();
    }
  }
}
