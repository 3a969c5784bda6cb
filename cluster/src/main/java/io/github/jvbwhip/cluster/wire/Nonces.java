package io.github.jvbwhip.cluster.wire;

import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What verified senders have used as nonces, as long as it would pass again. Bounded: who uses too
 * many in that time, is refused. Thread-safe.
 */
final class Nonces {
  private final int mostOfOne;
  private final int mostSenders;
  private final Map<String, LinkedHashMap<String, Long>> senders = new HashMap<>();

  /**
   * @param mostOfOne how many one sender may have at a time
   */
  Nonces(int mostOfOne, int mostSenders) {
    this.mostOfOne = mostOfOne;
    this.mostSenders = mostSenders;
  }

  /**
   * Remembers one.
   *
   * @param until when it need not be remembered any more, in milliseconds since 1970
   * @return whether it is new
   */
  synchronized boolean use(String sender, String nonce, long until, long now) {
    LinkedHashMap<String, Long> used = senders.get(sender);
    if (used == null) {
      if (senders.size() >= mostSenders) {
        senders.values().removeIf(each -> forgetOld(each, now).isEmpty());
      }
      if (senders.size() >= mostSenders) {
        return false;
      }
      used = new LinkedHashMap<>();
      senders.put(sender, used);
    }
    if (forgetOld(used, now).size() >= mostOfOne) {
      // Those behind one that is kept longer may be old.
      used.values().removeIf(end -> end < now);
    }
    return used.size() < mostOfOne && used.putIfAbsent(nonce, until) == null;
  }

  private static Map<String, Long> forgetOld(Map<String, Long> used, long now) {
    Iterator<Long> ends = used.values().iterator();
    while (ends.hasNext() && ends.next() < now) {
      ends.remove();
    }
    return used;
  }

  synchronized int size() {
    return senders.values().stream().mapToInt(Map::size).sum();
  }
}
