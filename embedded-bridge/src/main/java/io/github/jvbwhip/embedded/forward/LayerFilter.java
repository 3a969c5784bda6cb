package io.github.jvbwhip.embedded.forward;

import io.github.jvbwhip.core.bridge.LayerSelection;
import java.util.ArrayList;
import java.util.List;

/** What a player's wish leaves of the layers that are published. Pure functions. */
final class LayerFilter {
  /** No limit on temporal layers. */
  static final int ALL_TEMPORAL_LAYERS = Integer.MAX_VALUE;

  /** The rank of the only encoding. */
  private static final int ALONE = -1;

  private LayerFilter() {}

  /**
   * The active layers that the wish allows, in their order.
   *
   * <p>A spatial layer id is the rank by size, 0 for the smallest. Where a RID names the encoding,
   * or there is but one, it is that of the highest spatial layer within the encoding: those below
   * cannot be had alone. A size that is not known yet fits any limit.
   *
   * <p>Temporal layers can be had where packets tell them, and those that come.
   *
   * @param smallestFirst the layers in the order of {@link Layer#smallestFirst}
   */
  static <L extends Layer> List<L> apply(LayerSelection wish, List<L> smallestFirst) {
    List<L> fitting = new ArrayList<>();
    for (int rank = 0; rank < smallestFirst.size(); rank++) {
      L layer = smallestFirst.get(rank);
      if (layer.active() && allows(wish, layer, smallestFirst.size() == 1 ? ALONE : rank)) {
        fitting.add(layer);
      }
    }
    return fitting;
  }

  /** The highest temporal layer id to send. */
  static int maxTemporalLayer(LayerSelection wish) {
    int exact = wish.temporalLayerId().orElse(ALL_TEMPORAL_LAYERS);
    return Math.min(exact, wish.maxTemporalLayerId().orElse(ALL_TEMPORAL_LAYERS));
  }

  private static boolean allows(LayerSelection wish, Layer layer, int rank) {
    if (wish.rid().isPresent() && !wish.rid().equals(layer.rid())) {
      return false;
    }
    boolean within = wish.rid().isPresent() || rank == ALONE;
    int spatial = within ? layer.highestSpatialLayer() : rank;
    return wish.spatialLayerId().orElse(spatial) == spatial
        && spatial <= wish.maxSpatialLayerId().orElse(spatial)
        && allowsTemporal(wish, layer.highestTemporalLayer())
        && layer.width() <= wish.maxWidth().orElse(Integer.MAX_VALUE)
        && layer.height() <= wish.maxHeight().orElse(Integer.MAX_VALUE);
  }

  private static boolean allowsTemporal(LayerSelection wish, int highest) {
    if (highest == IncomingPacket.UNKNOWN) {
      return wish.temporalLayerId().isEmpty() && wish.maxTemporalLayerId().isEmpty();
    }
    return wish.temporalLayerId().orElse(0) <= highest;
  }
}
