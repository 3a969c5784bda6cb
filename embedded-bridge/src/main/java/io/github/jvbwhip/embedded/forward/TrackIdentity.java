package io.github.jvbwhip.embedded.forward;

import java.util.OptionalLong;
import java.util.random.RandomGenerator;

/**
 * The SSRCs by which one outgoing stream is known, random (RFC 3550 §8.1).
 *
 * @param rtxSsrc the SSRC of its retransmissions, where negotiated
 */
record TrackIdentity(long ssrc, OptionalLong rtxSsrc) {

  static TrackIdentity random(boolean rtx, RandomGenerator random) {
    long ssrc = ssrc(random);
    OptionalLong rtxSsrc = rtx ? OptionalLong.of(otherThan(ssrc, random)) : OptionalLong.empty();
    return new TrackIdentity(ssrc, rtxSsrc);
  }

  /** Never 0, which some take for "none". */
  static long ssrc(RandomGenerator random) {
    return random.nextLong(1, 0x1_0000_0000L);
  }

  private static long otherThan(long taken, RandomGenerator random) {
    long ssrc = ssrc(random);
    return ssrc == taken ? otherThan(taken, random) : ssrc;
  }
}
