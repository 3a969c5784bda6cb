package io.github.jvbwhip.core.session;

import io.github.jvbwhip.core.bridge.RoomName;
import io.github.jvbwhip.core.bridge.StreamName;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * What a registry gives a session to begin with.
 *
 * @param stream that is published, or that a player is pinned to
 * @param owner who opens it
 * @param executor the session's operations run on its threads
 * @param connected told when media can flow; not by sessions that end before
 * @param ended told when the session has ended, before its endpoint is freed
 */
public record SessionOrigin(
    RoomName room,
    Optional<StreamName> stream,
    SessionOwner owner,
    Clock clock,
    RandomGenerator random,
    Executor executor,
    Consumer<Session<?>> connected,
    Consumer<Session<?>> ended) {}
