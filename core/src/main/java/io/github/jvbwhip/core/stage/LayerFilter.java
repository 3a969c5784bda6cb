package io.github.jvbwhip.core.stage;

import io.github.jvbwhip.core.bridge.LayerSelection;
import java.util.ArrayList;
import java.util.List;

/** What a player's wish leaves of the encodings that are published. Pure functions. */
public final class LayerFilter {
  /** No limit on temporal layers. */
  public static final int ALL_TEMPORAL_LAYERS = Integer.MAX_VALUE;

  /** The rank of the only encoding. */
  private static final int ALONE = -1;

  private LayerFilter() {}

  /**
   * The active encodings that the wish allows, in their order.
   *
   * <p>A spatial layer id is the rank by size, 0 for the smallest. Where a RID names the encoding,
   * or there is but one, it is that of the highest spatial layer within the encoding: those below
   * cannot be had alone. A size that is not known yet fits any limit.
   *
   * <p>Temporal layers can be had where packets tell them, and those that come.
   *
   * @param smallestFirst in the order of {@link PublishedEncoding#smallestFirst}
   */
  public static <E extends PublishedEncoding> List<E> apply(
      LayerSelection wish, List<E> smallestFirst) {
    List<E> fitting = new ArrayList<>();
    for (int rank = 0; rank < smallestFirst.size(); rank++) {
      E encoding = smallestFirst.get(rank);
      if (encoding.active() && allows(wish, encoding, smallestFirst.size() == 1 ? ALONE : rank)) {
        fitting.add(encoding);
      }
    }
    return fitting;
  }

  /** The highest temporal layer id to send. */
  public static int maxTemporalLayer(LayerSelection wish) {
    int exact = wish.temporalLayerId().orElse(ALL_TEMPORAL_LAYERS);
    return Math.min(exact, wish.maxTemporalLayerId().orElse(ALL_TEMPORAL_LAYERS));
  }

  private static boolean allows(LayerSelection wish, PublishedEncoding encoding, int rank) {
    if (wish.rid().isPresent() && !wish.rid().equals(encoding.rid())) {
      return false;
    }
    boolean within = wish.rid().isPresent() || rank == ALONE;
    int spatial = within ? encoding.highestSpatialLayer() : rank;
    return wish.spatialLayerId().orElse(spatial) == spatial
        && spatial <= wish.maxSpatialLayerId().orElse(spatial)
        && allowsTemporal(wish, encoding.highestTemporalLayer())
        && encoding.width() <= wish.maxWidth().orElse(Integer.MAX_VALUE)
        && encoding.height() <= wish.maxHeight().orElse(Integer.MAX_VALUE);
  }

  private static boolean allowsTemporal(LayerSelection wish, int highest) {
    if (highest == PublishedEncoding.UNKNOWN) {
      return wish.temporalLayerId().isEmpty() && wish.maxTemporalLayerId().isEmpty();
    }
    return wish.temporalLayerId().orElse(0) <= highest;
  }
}
