package io.github.jvbwhip.core.picture;

import java.time.Duration;

/**
 * What is kept for players that join or switch, so that they need not wait for a keyframe.
 *
 * @param enabled whether anything is
 * @param maxBytes for each encoding of a video
 * @param maxTime since its keyframe
 * @param maxTotalBytes for all of a process; a publisher has no more of it than is left for others
 */
public record FirstPicture(boolean enabled, int maxBytes, Duration maxTime, int maxTotalBytes) {
  /** 4 MB, 12 s (encoders' usual interval is 10 s at most), 64 MB. */
  public static final FirstPicture DEFAULT =
      new FirstPicture(true, 4_000_000, Duration.ofSeconds(12), 64_000_000);

  /** Players wait for the next keyframe. */
  public static final FirstPicture OFF = new FirstPicture(false, 0, Duration.ZERO, 0);
}
