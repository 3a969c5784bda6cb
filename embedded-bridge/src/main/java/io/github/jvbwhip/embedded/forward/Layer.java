package io.github.jvbwhip.embedded.forward;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** One encoding of a source, as the choice between encodings sees it. */
interface Layer {
  /**
   * The layers with the smallest picture first: by measured size where all are known, otherwise by
   * bit rate. The order of RIDs means nothing (OBS begins with the largest, browsers with what the
   * page says).
   */
  static <L extends Layer> List<L> smallestFirst(List<L> layers) {
    boolean sized = layers.stream().allMatch(layer -> layer.pixels() > 0);
    List<L> sorted = new ArrayList<>(layers);
    sorted.sort(Comparator.comparingLong(layer -> sized ? layer.pixels() : layer.bitrate()));
    return sorted;
  }

  Optional<String> rid();

  /** Bits per second as measured. */
  long bitrate();

  /** In pixels; 0 while unknown. */
  int width();

  /** In pixels; 0 while unknown. */
  int height();

  /** Whether packets are coming in. */
  boolean active();

  /**
   * Of the temporal layers within it, or {@link IncomingPacket#UNKNOWN}: then none can be chosen.
   */
  int highestTemporalLayer();

  /** Of the spatial layers within it; 0 where it has but one. */
  int highestSpatialLayer();

  default long pixels() {
    return (long) width() * height();
  }
}
