package io.github.jvbwhip.core.stage;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Who is on the stage, and in which order its players see the streams of a room. Pure. */
public final class Stage {
  private Stage() {}

  /**
   * Who is on the stage: the active speaker, else who was there before, else the first; of those
   * that send, if any does.
   *
   * @param streams in the order in which they came
   * @param sends whether media of a stream comes in
   */
  public static <S> Optional<S> first(
      List<S> streams, Predicate<S> sends, Predicate<S> isSpeaker, Predicate<S> wasBefore) {
    List<S> live = streams.stream().filter(sends).toList();
    return live.stream()
        .filter(isSpeaker)
        .findFirst()
        .or(() -> live.stream().filter(wasBefore).findFirst())
        .or(() -> live.stream().findFirst())
        .or(() -> streams.stream().findFirst());
  }

  /**
   * The streams in the order in which a player of the stage gets them: the one on the stage, those
   * that send, then those that do not; all as they came.
   */
  public static <S> List<S> order(List<S> streams, Predicate<S> sends, Optional<S> first) {
    List<S> order = new ArrayList<>(first.stream().toList());
    streams.stream().filter(s -> sends.test(s) && !order.contains(s)).forEach(order::add);
    streams.stream().filter(s -> !order.contains(s)).forEach(order::add);
    return order;
  }
}
