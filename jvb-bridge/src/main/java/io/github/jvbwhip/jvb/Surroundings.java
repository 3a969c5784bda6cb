package io.github.jvbwhip.jvb;

import io.github.jvbwhip.core.bridge.BridgeEndpoint;
import io.github.jvbwhip.core.metrics.SessionMetrics;
import java.util.function.Consumer;

/**
 * What an endpoint knows of its room. All of it is called on any thread, and waits for nothing,
 * unless it says so.
 *
 * @param calls makes the line of a session's own calls to the bridge
 * @param farewells of the room; used in its line of calls only
 * @param changed something was changed that others see
 * @param left hears of an endpoint that has ended; the bridge may still have to free it
 * @param freed hears the id of an endpoint that the bridge has freed
 */
record Surroundings(
    RoomTasks tasks,
    Lines calls,
    Farewells farewells,
    SessionMetrics metrics,
    Runnable changed,
    Consumer<BridgeEndpoint> left,
    Consumer<String> freed) {

  /** Makes lines of calls. */
  interface Lines {
    /**
     * One for a session.
     *
     * @param faults hears what a call threw that is no answer
     */
    SessionCalls of(Consumer<Throwable> faults);
  }
}
