package io.github.jvbwhip.core.bridge;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Those who want to hear that some room of a bridge is different: what each bridge keeps for {@link
 * Bridge#observeRooms}. While there is nobody, a room that changes has nothing to do for it.
 * Thread-safe.
 */
public final class ObservedRooms {
  private final List<Observation<ObservedRooms>> observers = new CopyOnWriteArrayList<>();

  /** Hears of changes from now on. */
  public Registration observe(Runnable observer) {
    Observation<ObservedRooms> own = new Observation<>(observers, any -> observer.run(), () -> {});
    observers.add(own);
    return own;
  }

  boolean isObserved() {
    return !observers.isEmpty();
  }

  /** A room is different. */
  void changed() {
    observers.forEach(each -> each.tell(this));
  }
}
