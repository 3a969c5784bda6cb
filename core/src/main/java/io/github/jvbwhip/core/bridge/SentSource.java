package io.github.jvbwhip.core.bridge;

import java.util.OptionalLong;

/**
 * What the bridge sends in one m-section of a player.
 *
 * @param ssrc constant for the session, whatever is behind it
 * @param rtxSsrc the SSRC of retransmissions, where negotiated
 * @param cname the RTCP canonical name, one for a player
 */
public record SentSource(String mid, long ssrc, OptionalLong rtxSsrc, String cname) {}
