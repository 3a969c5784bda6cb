package io.github.jvbwhip.cluster;

import io.github.jvbwhip.cluster.wire.Calls;
import io.github.jvbwhip.cluster.wire.Hello;
import io.github.jvbwhip.core.bridge.RoomName;
import io.github.jvbwhip.core.relay.RelayBridge;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/**
 * What the links of a room are made with.
 *
 * @param self who this member is
 * @param meetings the rooms that live where their publishers are; thread-safe
 * @param reconnects who is told where players had better go
 * @param random cryptographically strong
 */
record TreeParts(
    ClusterConfig config,
    Hello self,
    Loop loop,
    Calls calls,
    RelayBridge relays,
    Predicate<RoomName> meetings,
    Reconnects reconnects,
    RandomGenerator random) {}
