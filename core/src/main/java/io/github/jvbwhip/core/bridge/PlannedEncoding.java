package io.github.jvbwhip.core.bridge;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * One encoding that a publisher will send (RFC 8853); what is not signalled is learnt from its
 * packets.
 *
 * @param rid the RTP stream id, where signalled
 * @param ssrc the SSRC, where signalled
 * @param rtxSsrc the SSRC of its retransmissions, where signalled
 */
public record PlannedEncoding(Optional<String> rid, OptionalLong ssrc, OptionalLong rtxSsrc) {}
