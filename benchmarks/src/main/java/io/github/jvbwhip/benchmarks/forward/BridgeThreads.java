package io.github.jvbwhip.benchmarks.forward;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.HashMap;
import java.util.Map;

/** The processor time of the bridge's own threads, which share the process with the clients'. */
final class BridgeThreads {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private final Map<Long, Long> before;

  private BridgeThreads(Map<Long, Long> before) {
    this.before = before;
  }

  /** Begins to measure. */
  static BridgeThreads now() {
    return new BridgeThreads(read());
  }

  /** What they have used since, in nanoseconds. */
  long nanosSince() {
    long sum = 0;
    for (Map.Entry<Long, Long> entry : read().entrySet()) {
      sum += entry.getValue() - before.getOrDefault(entry.getKey(), 0L);
    }
    return sum;
  }

  private static Map<Long, Long> read() {
    Map<Long, Long> nanos = new HashMap<>();
    for (ThreadInfo thread : THREADS.getThreadInfo(THREADS.getAllThreadIds())) {
      if (thread != null && isBridges(thread.getThreadName())) {
        nanos.put(
            thread.getThreadId(), Math.max(0, THREADS.getThreadCpuTime(thread.getThreadId())));
      }
    }
    return nanos;
  }

  /** As docs/concurrency.md names them. */
  private static boolean isBridges(String name) {
    return name.startsWith("media-") || name.startsWith("bridge-");
  }
}
