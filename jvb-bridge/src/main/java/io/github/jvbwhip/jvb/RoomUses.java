package io.github.jvbwhip.jvb;

import io.github.jvbwhip.core.bridge.Registration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Those who hear that somebody has come into a room, or gone, whichever it is. While there is
 * nobody, rooms have nothing to do for it. Thread-safe.
 */
final class RoomUses {
  private final Executor serial;
  private final List<Runnable> observers = new CopyOnWriteArrayList<>();
  private final AtomicBoolean asked = new AtomicBoolean();

  /**
   * @param serial calls the observers, one after another
   */
  RoomUses(Executor serial) {
    this.serial = serial;
  }

  Registration observe(Runnable observer) {
    Runnable own = observer::run; // Another object, where the same one hears twice.
    observers.add(own);
    return () -> observers.remove(own);
  }

  boolean isObserved() {
    return !observers.isEmpty();
  }

  /** A room is used differently. */
  void changed() {
    if (isObserved() && !asked.getAndSet(true)) {
      serial.execute(
          () -> {
            asked.set(false);
            observers.forEach(Runnable::run);
          });
    }
  }
}
