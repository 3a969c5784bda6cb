package io.github.jvbwhip.core.bridge;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a publisher may send at most. Immutable.
 *
 * @param maxBitrate of all its media together, in bits per second; at least 1, empty for no limit
 * @param maxResolution of each picture; empty for no limit
 */
public record PublisherLimits(OptionalLong maxBitrate, Optional<Resolution> maxResolution) {
  /** As much as it likes. */
  public static final PublisherLimits NONE =
      new PublisherLimits(OptionalLong.empty(), Optional.empty());

  public PublisherLimits {
    if (maxBitrate.isPresent() && maxBitrate.getAsLong() < 1) {
      throw new IllegalArgumentException("a limit lets something through");
    }
  }

  /** The same where the other bit rate counts too, the smaller of both. */
  public PublisherLimits withAtMost(OptionalLong bitrate) {
    boolean smaller =
        bitrate.isPresent()
            && (maxBitrate.isEmpty() || bitrate.getAsLong() < maxBitrate.getAsLong());
    return smaller ? new PublisherLimits(bitrate, maxResolution) : this;
  }

  /** Whether nothing is limited. */
  public boolean isNone() {
    return equals(NONE);
  }
}
