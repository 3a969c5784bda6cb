package io.github.jvbwhip.embedded.forward;

import io.github.jvbwhip.core.bridge.LayerSelection;
import io.github.jvbwhip.core.bridge.MediaKind;
import io.github.jvbwhip.core.stage.LayerFilter;
import io.github.jvbwhip.core.stage.PublishedEncoding;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Which encoding of what it follows a player's m-section gets: of those that the player wishes for,
 * what its link carries. Guarded by the room's lock.
 */
final class EncodingChoice {
  private final LayerChooser<PublishedEncoding> chooser = new LayerChooser<>();
  private LayerSelection selection = LayerSelection.AUTOMATIC;
  private Optional<String> offered = Optional.empty();
  private Optional<String> only = Optional.empty();

  /** Forgets the choice: another source follows. */
  void reset() {
    offered = Optional.empty();
    chooser.reset();
  }

  /** From now on it is the encoding of that name or nothing; empty for a choice. */
  void bindTo(Optional<String> rid) {
    only = rid;
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
    if (only.isPresent()) {
      return from.newest(only.get()).filter(Encoding::active).orElse(null);
    }
    if (from.kind() == MediaKind.AUDIO) {
      return from.newest().orElse(null);
    }
    List<PublishedEncoding> known = from.smallestFirst();
    List<PublishedEncoding> fitting = LayerFilter.apply(selection, known);
    if (fitting.isEmpty()) {
      // What was selected is not being sent: anything is better than nothing.
      fitting = LayerFilter.apply(LayerSelection.AUTOMATIC, known);
    }
    PublishedEncoding chosen = chooser.choose(fitting, estimate, loss, now);
    offered =
        chosen instanceof OfferedEncoding there ? Optional.of(there.name()) : Optional.empty();
    return chosen == null ? null : from.chosen(chosen);
  }

  /** The last choice, where it is of what another server has. */
  Optional<String> offered() {
    return offered;
  }

  /** Whether something of that source fits the wish. */
  static boolean isAvailable(LayerSelection wish, @Nullable IncomingMedia source) {
    return wish.equals(LayerSelection.AUTOMATIC)
        || (source != null && !LayerFilter.apply(wish, source.smallestFirst()).isEmpty());
  }
}
