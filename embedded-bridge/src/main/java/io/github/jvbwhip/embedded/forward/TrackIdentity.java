package io.github.jvbwhip.embedded.forward;

import java.util.OptionalLong;
import java.util.random.RandomGenerator;

/**
 * The numbers by which one outgoing stream is known and with which it begins, all random (RFC 3550
 * §5.1, §8.1).
 *
 * @param rtxSsrc the SSRC of its retransmissions, where negotiated
 */
record TrackIdentity(
    long ssrc,
    OptionalLong rtxSsrc,
    int firstSequenceNumber,
    int firstRtxSequenceNumber,
    long firstTimestamp,
    int firstPictureId) {

  static TrackIdentity random(boolean rtx, RandomGenerator random) {
    long ssrc = ssrc(random);
    OptionalLong rtxSsrc = rtx ? OptionalLong.of(otherThan(ssrc, random)) : OptionalLong.empty();
    // The upper half would wrap soon: some receivers' first index estimate is then wrong (RFC 3711
    // §3.3.1).
    return new TrackIdentity(
        ssrc,
        rtxSsrc,
        random.nextInt(0x8000),
        random.nextInt(0x8000),
        random.nextLong(0x1_0000_0000L),
        random.nextInt(0x8000));
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
