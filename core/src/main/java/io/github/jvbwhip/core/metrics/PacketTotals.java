package io.github.jvbwhip.core.metrics;

import java.util.EnumMap;
import java.util.Map;

/**
 * What became of the RTP packets of a session so far. Immutable.
 *
 * @param dropped without reasons for which none was
 */
public record PacketTotals(long rewritten, Map<DropReason, Long> dropped) {
  /** No packets. */
  public static final PacketTotals NONE = new PacketTotals(0, Map.of());

  public PacketTotals {
    dropped = Map.copyOf(dropped);
  }

  /** With more packets that were dropped. */
  public PacketTotals plus(DropReason reason, long packets) {
    return packets == 0 ? this : plus(new PacketTotals(0, Map.of(reason, packets)));
  }

  /** Both together. */
  public PacketTotals plus(PacketTotals other) {
    return combined(other, 1);
  }

  /** What has come since then. */
  public PacketTotals since(PacketTotals before) {
    return combined(before, -1);
  }

  private PacketTotals combined(PacketTotals other, int sign) {
    if (other.dropped.isEmpty()) { // Usually: this is done for every session once a second.
      return new PacketTotals(rewritten + sign * other.rewritten, dropped);
    }
    Map<DropReason, Long> all = new EnumMap<>(DropReason.class);
    all.putAll(dropped);
    other.dropped.forEach((reason, packets) -> all.merge(reason, sign * packets, Long::sum));
    all.values().removeIf(packets -> packets == 0);
    return new PacketTotals(rewritten + sign * other.rewritten, all);
  }
}
