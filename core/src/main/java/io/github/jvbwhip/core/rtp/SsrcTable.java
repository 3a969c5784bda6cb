package io.github.jvbwhip.core.rtp;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What belongs to an SSRC, found without boxing: a small hash table that is built anew when the set
 * of streams changes. Immutable, so that a packet path reads it through one volatile field.
 */
public final class SsrcTable<V> {
  private final long[] ssrcs;
  private final @Nullable Object[] values;
  private final int mask;

  private SsrcTable(Map<Long, V> entries) {
    int capacity = Math.max(4, Integer.highestOneBit(entries.size() * 2 + 1) * 2);
    ssrcs = new long[capacity];
    values = new @Nullable Object[capacity];
    mask = capacity - 1;
    entries.forEach(
        (ssrc, value) -> {
          int slot = slot(ssrc);
          while (values[slot] != null) {
            slot = slot + 1 & mask;
          }
          ssrcs[slot] = ssrc;
          values[slot] = value;
        });
  }

  /** A table of these entries, whose keys are SSRCs (unsigned 32-bit values). */
  public static <V> SsrcTable<V> of(Map<Long, V> entries) {
    return new SsrcTable<>(entries);
  }

  /** The value of this SSRC, or null. */
  @SuppressWarnings("unchecked") // Only values of type V were put in.
  public @Nullable V get(long ssrc) {
    // The table is at most half full: a free slot ends every search.
    for (int slot = slot(ssrc); values[slot] != null; slot = slot + 1 & mask) {
      if (ssrcs[slot] == ssrc) {
        return (V) values[slot];
      }
    }
    return null;
  }

  private int slot(long ssrc) {
    int hash = (int) ssrc * 0x9E3779B9;
    return (hash ^ hash >>> 16) & mask;
  }
}
