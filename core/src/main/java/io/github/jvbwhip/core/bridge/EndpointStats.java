package io.github.jvbwhip.core.bridge;

import java.util.OptionalLong;

/**
 * Counters of one endpoint, from the bridge's point of view: received from, and sent to, the
 * client.
 *
 * @param connected whether ICE and DTLS are up
 * @param roundTripMicros the last round-trip time known, in microseconds
 */
public record EndpointStats(
    boolean connected,
    long packetsReceived,
    long bytesReceived,
    long packetsSent,
    long bytesSent,
    long packetsLost,
    long packetsRetransmitted,
    OptionalLong roundTripMicros) {}
