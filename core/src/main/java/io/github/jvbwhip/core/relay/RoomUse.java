package io.github.jvbwhip.core.relay;

import io.github.jvbwhip.core.bridge.RoomName;

/**
 * Who is in a room on this bridge.
 *
 * @param publishers here, not over links
 * @param players here
 * @param links of it
 * @param streams here and over links
 */
public record RoomUse(RoomName room, int publishers, int players, int links, int streams) {}
