package io.github.jvbwhip.core.stage;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Who is on the stage, and in which order its players see the streams of a room. Pure. */
public final class Stage {
  private Stage() {}

  /**
   * Those who may be on the stage: who sends; where nobody does, the first who came.
   *
   * @param streams in the order in which they came
   * @param sends whether media of a stream comes in
   */
  public static <S> List<S> candidates(List<S> streams, Predicate<S> sends) {
    List<S> live = streams.stream().filter(sends).toList();
    return live.isEmpty() ? streams.stream().limit(1).toList() : live;
  }

  /**
   * Who is on the stage: of those who may be, the active speaker, else who was there before, else
   * the first.
   *
   * @param streams in the order in which they came
   * @param sends whether media of a stream comes in
   */
  public static <S> Optional<S> first(
      List<S> streams, Predicate<S> sends, Predicate<S> isSpeaker, Predicate<S> wasBefore) {
    List<S> candidates = candidates(streams, sends);
    return candidates.stream()
        .filter(isSpeaker)
        .findFirst()
        .or(() -> candidates.stream().filter(wasBefore).findFirst())
        .or(() -> candidates.stream().findFirst());
  }

  /**
   * Whose picture is on the stage: of those whose pictures come in the active speaker, else who was
   * there before, else the first; where there are no pictures, whoever is on the stage.
   *
   * @param streams in the order in which they are to be taken
   * @param isSeen whether video of a stream comes in
   * @param first who is on the stage
   */
  public static <S> Optional<S> seen(
      List<S> streams, Predicate<S> isSeen, Optional<S> first, Predicate<S> wasBefore) {
    return streams.stream().noneMatch(isSeen)
        ? first
        : first(streams, isSeen, stream -> first.equals(Optional.of(stream)), wasBefore);
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
