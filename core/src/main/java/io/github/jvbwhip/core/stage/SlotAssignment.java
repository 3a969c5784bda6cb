package io.github.jvbwhip.core.stage;

import io.github.jvbwhip.core.bridge.StreamName;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.BiPredicate;
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
   * The tracks of one kind in the order of the m-sections that show them: the first ones of all
   * streams, then the second ones, and so on. So a further section shows another stream before it
   * shows more of the same.
   *
   * @param streams those that the player sees, in their order
   * @param tracks those of that kind that a stream has, in its order
   */
  public static <S, T> List<T> tracks(List<S> streams, Function<S, List<T>> tracks) {
    List<List<T>> all = streams.stream().map(tracks).toList();
    int most = all.stream().mapToInt(List::size).max().orElse(0);
    List<T> result = new ArrayList<>();
    for (int i = 0; i < most; i++) {
      for (List<T> each : all) {
        if (i < each.size()) {
          result.add(each.get(i));
        }
      }
    }
    return result;
  }

  /**
   * Gives each m-section its source: the first the first, and so on; null where there is none left.
   *
   * @param sections those of one kind, in the order of the offer
   * @param sources those of the same kind, of the streams that the player sees
   */
  public static <M, T> void assign(
      List<M> sections, List<T> sources, BiConsumer<M, @Nullable T> show) {
    assignSteadily(sections, sources, (section, source) -> false, show);
  }

  /**
   * The same, but that a section which shows one of those that are shown goes on with it: for
   * sound, where their order means nothing, and a change is heard.
   *
   * @param shows whether a section shows that source already
   */
  public static <M, T> void assignSteadily(
      List<M> sections, List<T> sources, BiPredicate<M, T> shows, BiConsumer<M, @Nullable T> show) {
    List<T> left = new ArrayList<>(sources.subList(0, Math.min(sources.size(), sections.size())));
    List<@Nullable T> next = new ArrayList<>();
    for (M section : sections) {
      T same = left.stream().filter(source -> shows.test(section, source)).findFirst().orElse(null);
      left.remove(same);
      next.add(same);
    }
    Iterator<T> others = left.iterator();
    for (int i = 0; i < sections.size(); i++) {
      T same = next.get(i);
      show.accept(sections.get(i), same == null && others.hasNext() ? others.next() : same);
    }
  }
}
