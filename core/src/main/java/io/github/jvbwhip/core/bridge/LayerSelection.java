package io.github.jvbwhip.core.bridge;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * Which layer a player wants (the WHEP layer selection extension); what is empty is the bridge's
 * choice.
 *
 * @param maxWidth in pixels
 * @param maxHeight in pixels
 */
public record LayerSelection(
    Optional<String> rid,
    OptionalInt spatialLayerId,
    OptionalInt temporalLayerId,
    OptionalInt maxSpatialLayerId,
    OptionalInt maxTemporalLayerId,
    OptionalInt maxWidth,
    OptionalInt maxHeight) {

  /** No wish at all. */
  public static final LayerSelection AUTOMATIC =
      new LayerSelection(
          Optional.empty(),
          OptionalInt.empty(),
          OptionalInt.empty(),
          OptionalInt.empty(),
          OptionalInt.empty(),
          OptionalInt.empty(),
          OptionalInt.empty());
}
