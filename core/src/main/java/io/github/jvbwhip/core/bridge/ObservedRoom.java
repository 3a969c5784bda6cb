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
 * <p>Thread-safe. Observers are called on the executor, and nothing is handed to it under a lock:
 * the one in here is a leaf. An observer that has not been called yet for one snapshot is called
 * once for several.
 */
public final class ObservedRoom {
  private final Executor serial;
  private final ObservedRooms all;
  private final List<Follower> followers = new CopyOnWriteArrayList<>();
  private final List<Observation<ReconnectRequest>> reconnects = new CopyOnWriteArrayList<>();
  private final Object lock = new Object();
  private RoomSnapshot newest;

  /**
   * An empty room.
   *
   * @param serial runs calls one after another, in order; where it has no thread, in {@code
   *     execute}
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
    return !followers.isEmpty() || !reconnects.isEmpty();
  }

  /** Takes over what the room is like now, and tells it where it differs from what was. */
  public void update(
      List<StreamSnapshot> streams,
      Optional<StreamName> stage,
      Optional<StreamName> heard,
      int viewers) {
    change(streams, stage, heard, viewers).run();
  }

  /**
   * Takes over what the room is like now.
   *
   * @return tells it where it differs from what was: to be run once, outside all locks
   */
  public Runnable change(
      List<StreamSnapshot> streams,
      Optional<StreamName> stage,
      Optional<StreamName> heard,
      int viewers) {
    List<Follower> asked;
    synchronized (lock) {
      RoomSnapshot next =
          new RoomSnapshot(newest.name(), newest.version() + 1, streams, stage, heard, viewers);
      if (next.equalsButVersion(newest)) {
        return () -> {};
      }
      newest = next;
      asked = followers.stream().filter(Follower::ask).toList();
    }
    return () -> {
      if (all.isObserved()) {
        serial.execute(all::changed);
      }
      asked.forEach(follower -> serial.execute(follower::tellNewest));
    };
  }

  /**
   * Follows the room: the present snapshot first.
   *
   * @param onClose runs once, when the registration is closed
   */
  public Registration observe(Consumer<RoomSnapshot> consumer, Runnable onClose) {
    Follower follower = new Follower(consumer, onClose);
    synchronized (lock) {
      followers.add(follower);
      follower.asked = true;
    }
    serial.execute(follower::tellNewest);
    return follower;
  }

  /**
   * Hears of requests to reconnect from now on.
   *
   * @param onClose runs once, when the registration is closed
   */
  public Registration observeReconnects(Consumer<ReconnectRequest> consumer, Runnable onClose) {
    Observation<ReconnectRequest> observation = new Observation<>(reconnects, consumer, onClose);
    reconnects.add(observation);
    return observation;
  }

  /** Asks all who watch to go elsewhere. */
  public void askReconnect(ReconnectRequest request) {
    reconnects.forEach(each -> serial.execute(() -> each.tell(request)));
  }

  /** Asked for under the lock, told without it: the newest snapshot, once for several. */
  private final class Follower extends Observation<RoomSnapshot> {
    /** Guarded by the lock. */
    private boolean asked;

    Follower(Consumer<RoomSnapshot> consumer, Runnable onClose) {
      super(followers, consumer, onClose);
    }

    /** Whether nobody else has asked for it. */
    boolean ask() {
      boolean first = !asked;
      asked = true;
      return first;
    }

    private void tellNewest() {
      RoomSnapshot now;
      synchronized (lock) {
        asked = false;
        now = newest;
      }
      tell(now);
    }
  }
}
