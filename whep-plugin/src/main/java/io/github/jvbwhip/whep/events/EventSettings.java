package io.github.jvbwhip.whep.events;

import java.time.Duration;

/**
 * How often players are told.
 *
 * @param viewerCountInterval the least time between two {@code viewercount} events
 * @param layersInterval the least time between two {@code layers} events that differ in bitrates
 *     only; a layer that comes, goes or changes its size is told at once
 * @param statsInterval the time between two {@code stats} events
 */
public record EventSettings(
    Duration viewerCountInterval, Duration layersInterval, Duration statsInterval) {
  /** Viewers every 2 s, layers every 5 s, statistics every 2 s. */
  public static final EventSettings DEFAULTS =
      new EventSettings(Duration.ofSeconds(2), Duration.ofSeconds(5), Duration.ofSeconds(2));
}
