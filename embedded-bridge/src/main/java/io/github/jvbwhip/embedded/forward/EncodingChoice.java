package io.github.jvbwhip.embedded.forward;

import io.github.jvbwhip.core.bridge.LayerSelection;
import io.github.jvbwhip.core.bridge.MediaKind;
import io.github.jvbwhip.core.stage.LayerFilter;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Which encoding of what it follows a player's m-section gets: of those that the player wishes for,
 * what its link carries. Guarded by the room's lock.
 */
final class EncodingChoice {
  private final LayerChooser<Encoding> chooser = new LayerChooser<>();
  private LayerSelection selection = LayerSelection.AUTOMATIC;

  /** Forgets the choice: another source follows. */
  void reset() {
    chooser.reset();
  }

  /** Takes a wish for a layer. */
  void select(LayerSelection wish) {
    selection = wish;
    chooser.reset();
  }

  /** The highest temporal layer that is wished for. */
  int maxTemporalLayer() {
    return LayerFilter.maxTemporalLayer(selection);
  }

  /** The encoding for now; null while there is none. */
  @Nullable Encoding choose(IncomingMedia from, OptionalLong estimate, double loss, long now) {
    if (from.kind() == MediaKind.AUDIO) {
      return newest(from.encodings());
    }
    List<Encoding> known = from.smallestFirst();
    List<Encoding> fitting = LayerFilter.apply(selection, known);
    if (fitting.isEmpty()) {
      // What was selected is not being sent: anything is better than nothing.
      fitting = LayerFilter.apply(LayerSelection.AUTOMATIC, known);
    }
    return chooser.choose(fitting, estimate, loss, now);
  }

  private static @Nullable Encoding newest(List<Encoding> encodings) {
    return encodings.isEmpty() ? null : encodings.get(encodings.size() - 1);
  }

  /** Whether something of that source fits the wish. */
  static boolean isAvailable(LayerSelection wish, @Nullable IncomingMedia source) {
    return wish.equals(LayerSelection.AUTOMATIC)
        || (source != null && !LayerFilter.apply(wish, source.smallestFirst()).isEmpty());
  }
}
