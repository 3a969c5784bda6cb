package io.github.jvbwhip.whip;

import io.github.jvbwhip.core.bridge.PublisherLimits;
import io.github.jvbwhip.core.bridge.Resolution;
import io.github.jvbwhip.core.session.SessionEndReason;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * Whether a publisher sends far more than it may: one and a half times the bit rate on average of
 * ten seconds, or larger pictures for ten seconds. So estimates have time to come down, and what
 * tells a client the limits has a chance before its session ends. Confined to one thread.
 */
final class LimitMeter {
  /** How long it has been too much when a session ends. */
  static final Duration PATIENCE = Duration.ofSeconds(10);

  private static final long BITS_AND_MILLIS = 8 * 1000;

  private record Sample(Instant at, long bytes) {}

  /** What is too much. */
  record Excess(SessionEndReason reason, String detail) {}

  private final PublisherLimits limits;
  private final Deque<Sample> samples = new ArrayDeque<>();
  private Optional<Instant> largerSince = Optional.empty();
  private Optional<Instant> largerLast = Optional.empty();

  LimitMeter(PublisherLimits limits) {
    this.limits = limits;
  }

  /** Whether the sizes of pictures matter. */
  boolean wantsPictures() {
    return limits.maxResolution().isPresent();
  }

  /**
   * Looks; about once a second.
   *
   * @param bytes that have come in all
   * @param pictures that come now
   */
  Optional<Excess> look(long bytes, List<Resolution> pictures, Instant now) {
    Optional<Excess> bits = bitrate(bytes, now);
    return bits.isPresent() ? bits : resolution(pictures, now);
  }

  private Optional<Excess> bitrate(long bytes, Instant now) {
    if (limits.maxBitrate().isEmpty()) {
      return Optional.empty();
    }
    long most = limits.maxBitrate().getAsLong();
    samples.removeIf(sample -> sample.at.isAfter(now)); // The clock was put back.
    samples.add(new Sample(now, bytes));
    Sample before = samples.element();
    if (!isPatienceOver(before.at, now)) {
      return Optional.empty();
    }
    while (isPatienceOver(samples.element().at, now)) {
      before = samples.remove();
    }
    samples.addFirst(before);
    long bitrate =
        (bytes - before.bytes) * BITS_AND_MILLIS / Duration.between(before.at, now).toMillis();
    return bitrate - most > most / 2 // Which no limit makes overflow.
        ? Optional.of(
            new Excess(SessionEndReason.BITRATE_EXCEEDED, bitrate + " bits per second, of " + most))
        : Optional.empty();
  }

  private Optional<Excess> resolution(List<Resolution> pictures, Instant now) {
    if (limits.maxResolution().isEmpty()) {
      return Optional.empty();
    }
    Resolution most = limits.maxResolution().get();
    Optional<Resolution> larger =
        pictures.stream().filter(picture -> !picture.fits(most)).findFirst();
    if (larger.isEmpty()) {
      // Not at once: one that goes back and forth sends them.
      if (largerLast.isEmpty() || isPatienceOver(largerLast.get(), now)) {
        largerSince = Optional.empty();
      }
      return Optional.empty();
    }
    Instant since = largerSince.orElse(now);
    largerSince = Optional.of(since);
    largerLast = Optional.of(now);
    return isPatienceOver(since, now)
        ? Optional.of(
            new Excess(SessionEndReason.RESOLUTION_EXCEEDED, larger.get() + " pixels, of " + most))
        : Optional.empty();
  }

  private static boolean isPatienceOver(Instant since, Instant now) {
    return !since.plus(PATIENCE).isAfter(now);
  }
}
