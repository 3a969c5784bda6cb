package io.github.jvbwhip.core.relay;

import io.github.jvbwhip.core.bridge.RoomName;

/**
 * Who is in a room on this bridge.
 *
 * @param publishers here, not over links, whose clients have shown that they are there: they are
 *     connected
 * @param players here
 * @param links of it
 * @param streams of these, and over links
 */
public record RoomUse(RoomName room, int publishers, int players, int links, int streams) {}
