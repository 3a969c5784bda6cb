package io.github.jvbwhip.embedded.forward;

import java.util.OptionalLong;

/**
 * What is known of the link to a player: its own estimate (REMB) and its loss (receiver reports,
 * RFC 3550 §6.4.1). Not thread-safe.
 */
final class LinkEstimate {
  /** An estimate that was not repeated for so long is forgotten. */
  private static final long FRESH_NANOS = 10_000_000_000L;

  private long remb;
  private long rembAt;
  private boolean rembKnown;
  private double loss;
  private long lossAt;

  /** The player's estimate of the maximum bit rate, in bits per second. */
  void remb(long bitrate, long now) {
    remb = bitrate;
    rembAt = now;
    rembKnown = true;
  }

  /**
   * The loss of one stream since its last report. Reports come about once a second; the worst of
   * the last half second counts, so that a silent audio stream does not hide the video's loss.
   *
   * @param fraction in 1/256
   */
  void loss(int fraction, long now) {
    double reported = fraction / 256.0;
    if (reported >= loss || now - lossAt > 500_000_000L) {
      loss = reported;
      lossAt = now;
    }
  }

  OptionalLong bitrate(long now) {
    return rembKnown && now - rembAt < FRESH_NANOS ? OptionalLong.of(remb) : OptionalLong.empty();
  }

  /** The fraction lost lately, 0 to 1. */
  double loss(long now) {
    return now - lossAt < FRESH_NANOS ? loss : 0;
  }
}
