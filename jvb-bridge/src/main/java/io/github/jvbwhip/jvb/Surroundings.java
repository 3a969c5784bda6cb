package io.github.jvbwhip.jvb;

import io.github.jvbwhip.core.bridge.BridgeEndpoint;
import io.github.jvbwhip.jvb.host.SessionMetrics;
import java.util.function.Consumer;

/**
 * What an endpoint knows of its room. All of it is called on any thread, and waits for nothing.
 *
 * @param changed something was changed that others see
 * @param left hears of an endpoint that has ended; the bridge may still have to free it
 * @param freed hears the id of an endpoint that the bridge has freed
 */
record Surroundings(
    RoomTasks tasks,
    SessionMetrics metrics,
    Runnable changed,
    Consumer<BridgeEndpoint> left,
    Consumer<String> freed) {}
