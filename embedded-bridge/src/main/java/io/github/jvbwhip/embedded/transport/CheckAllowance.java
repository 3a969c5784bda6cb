package io.github.jvbwhip.embedded.transport;

import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How many checks may go where. The sender of a check may be made up by a client that wants others
 * to get datagrams: until an address has answered one, each check that comes from it is worth one
 * or two of the bridge's own. Bounded: the address that came first is forgotten first. Thread-safe.
 */
final class CheckAllowance {
  private static final int MAX_ADDRESSES = 64;
  private static final int FOR_EACH_CHECK = 2;

  /** Retransmissions of a check that is not answered, and with it what a silent address gets. */
  private static final int MOST = 4;

  private static final int ANSWERED = Integer.MAX_VALUE;

  private final Map<InetSocketAddress, Integer> left = new LinkedHashMap<>();

  /** An authentic check came from there. */
  synchronized void heard(InetSocketAddress from) {
    int now = left.getOrDefault(from, 0);
    if (now != ANSWERED) {
      put(from, Math.min(MOST, now + FOR_EACH_CHECK));
    }
  }

  /** An authentic answer to a check came from there. */
  synchronized void answered(InetSocketAddress from) {
    put(from, ANSWERED);
  }

  /** Whether a check may go there now. */
  synchronized boolean take(InetSocketAddress to) {
    int now = left.getOrDefault(to, 0);
    if (now > 0 && now != ANSWERED) {
      left.put(to, now - 1);
    }
    return now > 0;
  }

  private void put(InetSocketAddress address, int checks) {
    left.put(address, checks);
    if (left.size() > MAX_ADDRESSES) {
      left.remove(left.keySet().iterator().next());
    }
  }
}
