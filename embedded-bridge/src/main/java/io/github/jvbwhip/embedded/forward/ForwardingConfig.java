package io.github.jvbwhip.embedded.forward;

import io.github.jvbwhip.core.picture.FirstPicture;
import java.time.Duration;

/**
 * What can be set about forwarding.
 *
 * @param stoppedAfter after how long without a packet media of a kind has stopped
 * @param keyframeInterval the shortest time between two keyframe requests for one encoding; after a
 *     player's choice of it 200 ms, where that is shorter
 * @param maxIngestBitrate what a publisher that estimates by REMB is told at most, in bits per
 *     second
 * @param maxPublisherBitrate what is taken of a publisher, in bits per second over some seconds; 0
 *     for no limit
 * @param cacheBytes how much is kept for retransmission, for each video m-section of a player
 * @param firstPicture what is kept for players that join or switch
 */
public record ForwardingConfig(
    Duration stoppedAfter,
    Duration keyframeInterval,
    long maxIngestBitrate,
    long maxPublisherBitrate,
    int cacheBytes,
    FirstPicture firstPicture) {

  /** 2 s, 500 ms, 20 Mb/s, 50 Mb/s, 512 KiB, and the defaults of the first picture. */
  public static final ForwardingConfig DEFAULT =
      new ForwardingConfig(
          Duration.ofSeconds(2),
          Duration.ofMillis(500),
          20_000_000,
          50_000_000,
          512 * 1024,
          FirstPicture.DEFAULT);

  /** The same with another limit for publishers. */
  public ForwardingConfig withMaxPublisherBitrate(long bitrate) {
    return new ForwardingConfig(
        stoppedAfter, keyframeInterval, maxIngestBitrate, bitrate, cacheBytes, firstPicture);
  }

  /** The same, with something else kept for players that join. */
  public ForwardingConfig with(FirstPicture kept) {
    return new ForwardingConfig(
        stoppedAfter, keyframeInterval, maxIngestBitrate, maxPublisherBitrate, cacheBytes, kept);
  }
}
