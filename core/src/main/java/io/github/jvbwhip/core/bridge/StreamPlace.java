package io.github.jvbwhip.core.bridge;

/** A stream's name in its room. */
public record StreamPlace(RoomName room, StreamName stream) {}
