package io.github.jvbwhip.cluster;

import io.github.jvbwhip.core.bridge.ReconnectRequest;
import io.github.jvbwhip.core.bridge.Registration;
import io.github.jvbwhip.core.bridge.RoomName;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Who is told that players had better go to another member. Thread-safe. */
final class Reconnects {
  private record Observer(RoomName room, Consumer<ReconnectRequest> told) {}

  private final List<Observer> observers = new CopyOnWriteArrayList<>();

  /**
   * From now on.
   *
   * @param told must only enqueue
   */
  Registration observe(RoomName room, Consumer<ReconnectRequest> told) {
    Observer observer = new Observer(room, told);
    observers.add(observer);
    return () -> observers.removeIf(each -> each == observer);
  }

  /** The players of a room had better go to that member. */
  void ask(RoomName room, String member) {
    ReconnectRequest request =
        new ReconnectRequest(Optional.empty(), Optional.of(member + "/whep"));
    observers.stream()
        .filter(each -> each.room().equals(room))
        .forEach(each -> each.told().accept(request));
  }
}
