package io.github.jvbwhip.cluster.wire;

import io.github.jvbwhip.core.bridge.LocalTransport;
import io.github.jvbwhip.core.bridge.RoomName;

/**
 * A member wants a room of another one.
 *
 * @param link the id that the link is to have
 * @param incarnation of its process
 * @param leaf whether nobody has the room from it, nor gets it before this link is there
 */
public record LinkRequest(
    RoomName room, String link, String incarnation, LocalTransport transport, boolean leaf) {}
