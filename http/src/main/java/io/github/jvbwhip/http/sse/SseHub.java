package io.github.jvbwhip.http.sse;

import io.github.jvbwhip.core.threads.DaemonThreads;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What all event streams of a process share: the few threads that write them and the clock that
 * sends heartbeats. Thread-safe.
 */
public final class SseHub implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SseHub.class);
  private static final int WRITER_THREADS = 2;

  private final SseSettings settings;
  private final Executor writers;
  private final LongSupplier nanoTime;
  private final Runnable shutdown;
  private final Set<SseConnection> connections = ConcurrentHashMap.newKeySet();

  /**
   * A hub that runs on the caller's threads and calls nobody by itself: {@link #tick} is the
   * caller's to call.
   *
   * @param writers runs short tasks that do not block
   * @param nanoTime a monotonic clock in nanoseconds
   */
  public SseHub(SseSettings settings, Executor writers, LongSupplier nanoTime) {
    this(settings, writers, nanoTime, () -> {});
  }

  private SseHub(SseSettings settings, Executor writers, LongSupplier nanoTime, Runnable shutdown) {
    this.settings = settings;
    this.writers = writers;
    this.nanoTime = nanoTime;
    this.shutdown = shutdown;
  }

  /** A hub with threads of its own: two that write, one that keeps time. */
  public static SseHub start(SseSettings settings) {
    ExecutorService writers = Executors.newFixedThreadPool(WRITER_THREADS, daemons("sse-writer"));
    ScheduledExecutorService timer =
        Executors.newSingleThreadScheduledExecutor(daemons("sse-timer"));
    SseHub hub =
        new SseHub(
            settings,
            writers,
            System::nanoTime,
            () -> {
              timer.shutdownNow();
              shutdown(writers);
            });
    // Twice an interval, so that silence is at most one and a half of them.
    long period = Math.max(1, settings.heartbeat().toMillis() / 2);
    var unused = timer.scheduleWithFixedDelay(hub::tick, period, period, TimeUnit.MILLISECONDS);
    return hub;
  }

  /** A stream that lives until it is closed, through any number of connections. */
  public SseStream open() {
    return open(stream -> {});
  }

  /**
   * A stream whose owner wants to know when a connection is gone.
   *
   * @param onDisconnect called once for each connection, on any thread; it must not block
   */
  public SseStream open(Consumer<SseStream> onDisconnect) {
    return new SseStream(this, onDisconnect);
  }

  /** Sends heartbeats where they are due, and cuts connections whose clients do not read. */
  public void tick() {
    long now = nanoTime.getAsLong();
    long heartbeat = settings.heartbeat().toNanos();
    long stall = settings.stallTimeout().toNanos();
    for (SseConnection connection : connections) {
      try {
        connection.tick(now, heartbeat, stall);
      } catch (RuntimeException | Error e) {
        // A timer drops a task that throws, and with it all heartbeats.
        LOG.error("A heartbeat failed", e);
      }
    }
  }

  /** The connections that are open now, over all streams. */
  public int connections() {
    return connections.size();
  }

  /**
   * Ends all connections, after what their clients can take at once, and then the hub's own
   * threads. Idempotent.
   */
  @Override
  public void close() {
    connections.forEach(SseConnection::abort);
    shutdown.run();
  }

  /** Whether all that was woken has had its turn. */
  boolean isIdle() {
    return connections.stream().allMatch(SseConnection::isIdle);
  }

  private static void shutdown(ExecutorService writers) {
    writers.shutdown();
    try {
      if (!writers.awaitTermination(1, TimeUnit.SECONDS)) {
        writers.shutdownNow();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  SseSettings settings() {
    return settings;
  }

  long now() {
    return nanoTime.getAsLong();
  }

  void execute(Runnable task) {
    try {
      writers.execute(task);
    } catch (RejectedExecutionException | OutOfMemoryError e) {
      // The hub has been closed, or there is no thread to be had. It does not block.
      task.run();
    }
  }

  void add(SseConnection connection) {
    connections.add(connection);
  }

  void remove(SseConnection connection) {
    connections.remove(connection);
  }

  private static ThreadFactory daemons(String name) {
    return DaemonThreads.numbered(name, fault -> LOG.error("A thread ended by a fault", fault));
  }
}
