package io.github.jvbwhip.jvb.room;

import io.github.jvbwhip.core.bridge.StreamName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Who is on the stage: the active speaker, else who was there before, else the first that sends.
 * Pure.
 */
public final class Stage {
  private Stage() {}

  /**
   * The streams in the order in which a player of the stage gets them; the first is on the stage.
   *
   * @param streams in the order in which they came
   * @param before who was on the stage
   * @param speaker the endpoint of the active speaker
   */
  public static List<StreamView> order(
      List<StreamView> streams, Optional<StreamName> before, Optional<String> speaker) {
    Optional<StreamView> first =
        live(streams, s -> speaker.filter(s.endpointId()::equals).isPresent())
            .or(() -> live(streams, s -> before.filter(s.name()::equals).isPresent()))
            .or(() -> live(streams, s -> true))
            .or(() -> streams.stream().findFirst());
    List<StreamView> order = new ArrayList<>();
    first.ifPresent(order::add);
    // Those that send come before those that do not; both as they came.
    streams.stream().filter(s -> isLive(s) && !order.contains(s)).forEach(order::add);
    streams.stream().filter(s -> !order.contains(s)).forEach(order::add);
    return order;
  }

  private static Optional<StreamView> live(List<StreamView> streams, Predicate<StreamView> test) {
    return streams.stream().filter(Stage::isLive).filter(test).findFirst();
  }

  private static boolean isLive(StreamView stream) {
    return !stream.active().isEmpty();
  }
}
