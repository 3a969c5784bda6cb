package io.github.jvbwhip.http.limits;

import io.github.jvbwhip.core.bridge.ClientNetwork;
import io.github.jvbwhip.core.collections.BoundedMap;
import io.github.jvbwhip.http.config.Network;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes a line when somebody is refused for want of a good token, or for asking too often: one a
 * minute for a client's network, with nothing secret in it, for programs that look for who guesses.
 * Thread-safe.
 */
public final class RefusalLog {
  private static final Logger LOG = LoggerFactory.getLogger(RefusalLog.class);
  private static final Set<Integer> STATUSES = Set.of(401, 429);
  private static final Duration QUIET = Duration.ofMinutes(1);
  private static final int MOST_KEPT = 10_000;
  private static final int LONGEST_PATH = 300;

  private final Clock clock;
  private final Consumer<String> lines;

  /** When the last line of a network was. */
  private final Map<ClientNetwork, Long> last = BoundedMap.forgettingTheLeastUsed(MOST_KEPT);

  public RefusalLog(Clock clock) {
    this(clock, LOG::info);
  }

  /**
   * @param lines takes them
   */
  RefusalLog(Clock clock, Consumer<String> lines) {
    this.clock = clock;
    this.lines = lines;
  }

  /** Whether that status is one that is written. */
  public static boolean isOne(int status) {
    return STATUSES.contains(status);
  }

  /**
   * Tells of one.
   *
   * @param path without a query, or what may be secret
   */
  public void refused(int status, String address, String method, String path) {
    if (isOne(status) && isDue(Network.ofClient(address))) {
      String shown = path.length() > LONGEST_PATH ? path.substring(0, LONGEST_PATH) : path;
      lines.accept("Refused %s: %d to %s %s".formatted(address, status, method, shown));
    }
  }

  private boolean isDue(ClientNetwork network) {
    long now = clock.millis();
    synchronized (last) {
      Long before = last.get(network);
      boolean due = before == null || Math.abs(now - before) >= QUIET.toMillis();
      if (due) {
        last.put(network, now);
      }
      return due;
    }
  }
}
