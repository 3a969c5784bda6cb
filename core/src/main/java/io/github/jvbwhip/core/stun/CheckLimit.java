package io.github.jvbwhip.core.stun;

import java.util.HashSet;
import java.util.Set;

/**
 * Which of a client's checks an ICE agent looks at until ICE is over. ice4j remembers each for half
 * a minute, and makes a candidate of each new address. Clients pace their checks, and repeat what
 * is not answered, so that those beyond are dropped as if they were lost. Thread-safe.
 *
 * @param <A> an address, with what else tells where a check comes from
 */
public final class CheckLimit<A> {
  /** More than a client has networks, seen through a NAT that names each of them anew. */
  private static final int MAX_ADDRESSES = 32;

  /** More than a browser sends in three seconds, and it is through in one. */
  private static final int BURST = 64;

  /** What a client may send that is not through by then. */
  private static final long INTERVAL_NANOS = 250_000_000L;

  private final Set<A> addresses = new HashSet<>();
  private int left = BURST;
  private long countedUntil;

  public CheckLimit(long now) {
    countedUntil = now;
  }

  /** Whether an authentic check from there is one to look at. */
  public synchronized boolean take(A from, long now) {
    long earned = (now - countedUntil) / INTERVAL_NANOS;
    if (earned > 0) {
      left = (int) Math.min(BURST, left + earned);
      countedUntil += earned * INTERVAL_NANOS;
    }
    if (left == 0 || (addresses.size() == MAX_ADDRESSES && !addresses.contains(from))) {
      return false;
    }
    left--;
    addresses.add(from);
    return true;
  }
}
