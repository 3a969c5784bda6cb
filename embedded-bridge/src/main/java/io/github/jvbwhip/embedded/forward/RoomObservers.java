package io.github.jvbwhip.embedded.forward;

import io.github.jvbwhip.core.bridge.Registration;
import io.github.jvbwhip.core.bridge.RoomEvent;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * Those who follow a room. Events are handed to a serial executor while the room's lock is held:
 * everyone hears them in one order, and nobody is called under the lock.
 */
final class RoomObservers {
  private final Executor serial;
  private final List<Observer> observers = new CopyOnWriteArrayList<>();

  RoomObservers(Executor serial) {
    this.serial = serial;
  }

  /** Adds an observer, and tells it what is there already. */
  Registration add(Consumer<RoomEvent> consumer, List<RoomEvent> present, Runnable onClose) {
    Observer observer = new Observer(consumer, onClose);
    observers.add(observer);
    present.forEach(event -> serial.execute(() -> observer.tell(event)));
    return observer;
  }

  void tell(RoomEvent event) {
    for (Observer observer : observers) {
      serial.execute(() -> observer.tell(event));
    }
  }

  boolean isEmpty() {
    return observers.isEmpty();
  }

  private final class Observer implements Registration {
    private final Consumer<RoomEvent> consumer;
    private final Runnable onClose;
    private volatile boolean open = true;

    Observer(Consumer<RoomEvent> consumer, Runnable onClose) {
      this.consumer = consumer;
      this.onClose = onClose;
    }

    void tell(RoomEvent event) {
      if (open) {
        consumer.accept(event);
      }
    }

    @Override
    public void close() {
      open = false;
      if (observers.remove(this)) {
        onClose.run();
      }
    }
  }
}
