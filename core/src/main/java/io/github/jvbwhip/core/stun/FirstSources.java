package io.github.jvbwhip.core.stun;

import io.github.jvbwhip.core.collections.BoundedMap;
import io.github.jvbwhip.core.stun.StunMessage.TransactionId;
import java.util.Map;

/**
 * Where the latest checks of a client came from first. One that comes again from elsewhere, since
 * its client has moved meanwhile, ice4j takes for the same one, by its id alone: it makes no
 * candidate of the new address, and sends its answer to the one before. So that check is to be
 * answered, and to be another one for ice4j. Thread-safe.
 *
 * @param <A> an address
 */
public final class FirstSources<A> {
  /** More than a client repeats at a time. */
  private static final int MAX_CHECKS = 64;

  private final Map<TransactionId, A> sources = BoundedMap.forgettingTheOldest(MAX_CHECKS);

  /** Whether a check with this id has come before, and from another address. */
  public synchronized boolean isFromElsewhere(TransactionId id, A from) {
    A first = sources.putIfAbsent(id, from);
    return first != null && !first.equals(from);
  }
}
