package io.github.jvbwhip.core.stage;

import io.github.jvbwhip.core.bridge.StreamName;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Which source each m-section of a player shows. Pure. */
public final class SlotAssignment {
  private SlotAssignment() {}

  /**
   * The streams that a player sees.
   *
   * @param order that of the stage
   * @param pinned the only one that it wants to see; empty for the stage
   */
  public static <S> List<S> watched(
      List<S> order, Optional<StreamName> pinned, Function<S, StreamName> name) {
    return pinned.isEmpty()
        ? order
        : order.stream().filter(stream -> name.apply(stream).equals(pinned.get())).toList();
  }

  /**
   * Gives each m-section its source: the first the first, and so on; null where there is none left.
   *
   * @param sections those of one kind, in the order of the offer
   * @param sources those of the same kind, of the streams that the player sees
   */
  public static <M, T> void assign(
      List<M> sections, List<T> sources, BiConsumer<M, @Nullable T> show) {
    for (int i = 0; i < sections.size(); i++) {
      show.accept(sections.get(i), i < sources.size() ? sources.get(i) : null);
    }
  }
}
