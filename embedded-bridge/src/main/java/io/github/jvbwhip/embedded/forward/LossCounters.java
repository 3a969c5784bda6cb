package io.github.jvbwhip.embedded.forward;

import java.util.OptionalLong;

/**
 * What one client's RTCP tells.
 *
 * @param lost packets that did not arrive
 * @param resent packets that were sent again
 * @param roundTripNanos where reports told it
 */
public record LossCounters(long lost, long resent, OptionalLong roundTripNanos) {}
