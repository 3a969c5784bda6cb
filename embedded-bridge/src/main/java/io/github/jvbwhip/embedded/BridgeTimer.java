package io.github.jvbwhip.embedded;

import io.github.jvbwhip.embedded.forward.Room;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The bridge's timer: its turns, and those of rooms whose players catch up. Thread-safe. */
final class BridgeTimer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(BridgeTimer.class);
  private static final long TICK_MILLIS = 50;
  private static final long CATCH_UP_MILLIS = 5;

  private final ScheduledThreadPoolExecutor timer =
      new ScheduledThreadPoolExecutor(1, SerialEvents.daemon("bridge-timer"));

  /** Gives it its turns; to be called once. */
  void start(BridgeTick tick) {
    timer.scheduleWithFixedDelay(
        () -> tick.run(System.nanoTime()), TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
  }

  /** Has the room send on what was kept, until nobody needs it. */
  void beginCatchUp(Room room) {
    catchUpIn(0, room);
  }

  private void catchUpIn(long millis, Room room) {
    try {
      var unused = timer.schedule(() -> catchUp(room), millis, TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      LOG.debug("the bridge shuts down");
    }
  }

  private void catchUp(Room room) {
    if (room.catchUp(System.nanoTime())) {
      catchUpIn(CATCH_UP_MILLIS, room);
    }
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
