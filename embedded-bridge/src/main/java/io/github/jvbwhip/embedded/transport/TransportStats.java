package io.github.jvbwhip.embedded.transport;

import java.util.OptionalLong;

/**
 * Counters of one transport: SRTP and SRTCP as they are on the wire, without UDP and IP headers.
 *
 * @param connected whether ICE and DTLS are up
 * @param packetsRejected packets that were neither decrypted nor understood: bad authentication,
 *     replays, unknown content
 * @param packetsUnsent packets handed over while the transport could not send, or that the socket
 *     did not take
 * @param roundTripMicros the round-trip time of the last answered ICE check, in microseconds
 */
public record TransportStats(
    boolean connected,
    long packetsReceived,
    long bytesReceived,
    long packetsSent,
    long bytesSent,
    long packetsRejected,
    long packetsUnsent,
    OptionalLong roundTripMicros) {}
