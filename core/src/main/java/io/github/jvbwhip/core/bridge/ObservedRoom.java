package io.github.jvbwhip.core.bridge;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * The newest snapshot of a room, and those who follow it: what each bridge keeps for {@link
 * Bridge#observe}.
 *
 * <p>Thread-safe. Observers are called on the executor, never under a lock; the lock in here is a
 * leaf. An observer that has not been called yet for one snapshot is called once for several.
 */
public final class ObservedRoom {
  private final Executor serial;
  private final ObservedRooms all;
  private final List<Observer> observers = new CopyOnWriteArrayList<>();
  private final List<ReconnectObserver> reconnectObservers = new CopyOnWriteArrayList<>();
  private final Object lock = new Object();
  private RoomSnapshot newest;

  /**
   * An empty room.
   *
   * @param serial runs calls one after another, in order, and does not run them in {@code execute}
   * @param all those who hear of changes of all rooms
   */
  public ObservedRoom(RoomName name, Executor serial, ObservedRooms all) {
    this.serial = serial;
    this.all = all;
    this.newest = RoomSnapshot.empty(name);
  }

  /** The room as it was told last. */
  public RoomSnapshot snapshot() {
    synchronized (lock) {
      return newest;
    }
  }

  /** Whether anybody follows the room, or waits for requests to reconnect. */
  public boolean isObserved() {
    return !observers.isEmpty() || !reconnectObservers.isEmpty();
  }

  /** Takes over what the room is like now, and tells it where it differs from what was. */
  public void update(List<StreamSnapshot> streams, Optional<StreamName> stage, int viewers) {
    synchronized (lock) {
      RoomSnapshot next =
          new RoomSnapshot(newest.name(), newest.version() + 1, streams, stage, viewers);
      if (next.equalsButVersion(newest)) {
        return;
      }
      newest = next;
      if (all.isObserved()) {
        serial.execute(all::changed);
      }
      observers.forEach(Observer::request);
    }
  }

  /**
   * Follows the room: the present snapshot first.
   *
   * @param onClose runs once, when the registration is closed
   */
  public Registration observe(Consumer<RoomSnapshot> consumer, Runnable onClose) {
    Observer observer = new Observer(consumer, onClose);
    synchronized (lock) {
      observers.add(observer);
      observer.request();
    }
    return observer;
  }

  /**
   * Hears of requests to reconnect from now on.
   *
   * @param onClose runs once, when the registration is closed
   */
  public Registration observeReconnects(Consumer<ReconnectRequest> consumer, Runnable onClose) {
    ReconnectObserver observer = new ReconnectObserver(consumer, onClose);
    reconnectObservers.add(observer);
    return observer;
  }

  /** Asks all who watch to go elsewhere. */
  public void askReconnect(ReconnectRequest request) {
    reconnectObservers.forEach(observer -> serial.execute(() -> observer.tell(request)));
  }

  private final class Observer implements Registration {
    private final Consumer<RoomSnapshot> consumer;
    private final Runnable onClose;
    private volatile boolean open = true;
    private boolean requested;

    Observer(Consumer<RoomSnapshot> consumer, Runnable onClose) {
      this.consumer = consumer;
      this.onClose = onClose;
    }

    /** Under the lock. */
    void request() {
      if (!requested) {
        requested = true;
        serial.execute(this::tell);
      }
    }

    private void tell() {
      RoomSnapshot now;
      synchronized (lock) {
        requested = false;
        now = newest;
      }
      if (open) {
        consumer.accept(now);
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

  private final class ReconnectObserver implements Registration {
    private final Consumer<ReconnectRequest> consumer;
    private final Runnable onClose;
    private volatile boolean open = true;

    ReconnectObserver(Consumer<ReconnectRequest> consumer, Runnable onClose) {
      this.consumer = consumer;
      this.onClose = onClose;
    }

    void tell(ReconnectRequest request) {
      if (open) {
        consumer.accept(request);
      }
    }

    @Override
    public void close() {
      open = false;
      if (reconnectObservers.remove(this)) {
        onClose.run();
      }
    }
  }
}
