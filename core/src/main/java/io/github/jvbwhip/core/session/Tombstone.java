package io.github.jvbwhip.core.session;

/** What is remembered of an ended session, so that a late DELETE is still answered with 200. */
public record Tombstone(SessionId id, SessionEnd end) {}
