package io.github.jvbwhip.jvb;

import io.github.jvbwhip.core.bridge.Registration;
import io.github.jvbwhip.core.bridge.RoomEvent;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells a room's observers, in order, on the control thread. Thread-safe. */
final class RoomObservers {
  private static final Logger LOG = LoggerFactory.getLogger(RoomObservers.class);

  private final class Observer implements Registration {
    private final Consumer<RoomEvent> target;
    private volatile boolean closed;

    Observer(Consumer<RoomEvent> target) {
      this.target = target;
    }

    void tell(RoomEvent event) {
      if (closed) {
        return;
      }
      try {
        target.accept(event);
      } catch (RuntimeException e) {
        LOG.warn("An observer failed", e);
      }
    }

    @Override
    public void close() {
      synchronized (this) {
        if (closed) {
          return;
        }
        closed = true;
      }
      observers.remove(this);
      registered.decrementAndGet();
    }
  }

  private final Executor control;
  private final List<Observer> observers = new CopyOnWriteArrayList<>();

  /** Counts those too that the control thread has not added yet. */
  private final AtomicInteger registered = new AtomicInteger();

  RoomObservers(Executor control) {
    this.control = control;
  }

  /**
   * Adds an observer and tells it what is there.
   *
   * @param state what is there, as events; called on the control thread
   */
  Registration add(Consumer<RoomEvent> target, Supplier<List<RoomEvent>> state) {
    Observer observer = new Observer(target);
    registered.incrementAndGet();
    control.execute(
        () -> {
          state.get().forEach(observer::tell);
          if (!observer.closed) {
            observers.add(observer);
          }
        });
    return observer;
  }

  /** Tells all; from any thread. */
  void tell(RoomEvent event) {
    control.execute(() -> observers.forEach(observer -> observer.tell(event)));
  }

  boolean isEmpty() {
    return registered.get() == 0;
  }
}
