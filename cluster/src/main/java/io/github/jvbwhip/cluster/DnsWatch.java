package io.github.jvbwhip.cluster;

import io.github.jvbwhip.core.threads.DaemonThreads;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks members up again and again, on a thread of its own, {@code cluster-dns}. Where that fails,
 * what was found before holds.
 */
final class DnsWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(DnsWatch.class);

  /** Looks them up once. */
  @FunctionalInterface
  interface Lookup {
    /** The URLs of members, at least one. */
    List<String> find() throws IOException;
  }

  private final ScheduledThreadPoolExecutor thread;
  private final Lookup lookup;
  private final Consumer<List<String>> found;
  private boolean failing;

  private DnsWatch(Lookup lookup, Consumer<List<String>> found) {
    this.lookup = lookup;
    this.found = found;
    this.thread =
        new ScheduledThreadPoolExecutor(
            1, DaemonThreads.single("cluster-dns", fault -> LOG.error("A thread ended", fault)));
  }

  /**
   * Begins at once.
   *
   * @param found is called on its thread with what was found, and with nothing where the first
   *     look-up fails
   */
  static DnsWatch start(Lookup lookup, Duration interval, Consumer<List<String>> found) {
    DnsWatch watch = new DnsWatch(lookup, found);
    watch.thread.execute(() -> watch.look().or(() -> Optional.of(List.of())).ifPresent(found));
    watch.thread.scheduleWithFixedDelay(
        () -> watch.look().ifPresent(watch.found),
        interval.toNanos(),
        interval.toNanos(),
        TimeUnit.NANOSECONDS);
    return watch;
  }

  private Optional<List<String>> look() {
    try {
      List<String> urls =
          lookup.find().stream().flatMap(url -> ClusterConfig.normal(url).stream()).toList();
      if (failing) {
        LOG.info("Members are found in the DNS again");
      }
      failing = false;
      return Optional.of(urls);
    } catch (IOException | RuntimeException e) {
      if (!failing) {
        LOG.warn("Members are not found in the DNS; what is known holds: {}", e.getMessage());
      }
      failing = true;
      return Optional.empty();
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
