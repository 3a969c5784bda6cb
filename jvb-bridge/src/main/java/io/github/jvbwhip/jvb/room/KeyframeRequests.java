package io.github.jvbwhip.jvb.room;

import io.github.jvbwhip.core.rtp.SsrcTable;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Asks a publisher for keyframes, always of all encodings of a source. The bridge asks for one of
 * the first encoding and counts on publishers that make them all at once, as browsers do; others
 * make that of the SSRC in the request (RFC 4585 §6.3.1). And of a keyframe that comes alone the
 * bridge takes it that there is no better one: a receiver of a larger encoding would get this.
 *
 * <p>The bridge lets each receiver ask three times in ten seconds, which it needs for itself. What
 * is asked for here is not counted there: the plugin asks at most once in {@link #INTERVAL_NANOS}
 * for a source, whoever waits, and whoever asked last. Thread-safe.
 */
public final class KeyframeRequests {
  /** As long as the bridge's own limit for all receivers of a source. */
  static final long INTERVAL_NANOS = 200_000_000L;

  /** A request that the bridge sends so soon after those of the plugin is one of them. */
  static final long ECHO_NANOS = 100_000_000L;

  private final LongConsumer send;
  private final LongSupplier nanoTime;
  private final Map<Long, Long> asked = new HashMap<>();
  private volatile SsrcTable<long[]> sources = SsrcTable.of(Map.of());

  /**
   * @param send sends the publisher a request for a keyframe of an SSRC
   * @param nanoTime a monotonic clock
   */
  public KeyframeRequests(LongConsumer send, LongSupplier nanoTime) {
    this.send = send;
    this.nanoTime = nanoTime;
  }

  /**
   * The encodings of each source, the smallest first, by the SSRC of that one, which is the
   * source's.
   */
  public void setSources(SsrcTable<long[]> table) {
    sources = table;
  }

  /**
   * Asks for keyframes of a source, unless that was done just now.
   *
   * @return 0, or the nanoseconds after which it can be done
   */
  public long ask(long source) {
    long wait = take(source, INTERVAL_NANOS);
    long[] encodings = sources.get(source);
    if (wait == 0 && encodings != null) {
      request(encodings, 0);
    }
    return wait;
  }

  /** When a source was asked for last, by whomever. */
  public OptionalLong lastNanos(long source) {
    synchronized (asked) {
      Long last = asked.get(source);
      return last == null ? OptionalLong.empty() : OptionalLong.of(last);
    }
  }

  /** The bridge, or this, has asked for a keyframe of that SSRC. */
  public void sent(long ssrc) {
    long[] encodings = sources.get(ssrc);
    if (encodings != null && take(ssrc, ECHO_NANOS) == 0) {
      request(encodings, 1);
    }
  }

  /** The largest first: a receiver of it then keeps to it, whatever comes after. */
  private void request(long[] encodings, int from) {
    for (int i = encodings.length - 1; i >= from; i--) {
      send.accept(encodings[i]);
    }
  }

  private long take(long source, long interval) {
    long now = nanoTime.getAsLong();
    synchronized (asked) {
      @Nullable Long last = asked.get(source);
      if (last != null && now - last < interval) {
        return last + interval - now;
      }
      asked.put(source, now);
      return 0;
    }
  }
}
