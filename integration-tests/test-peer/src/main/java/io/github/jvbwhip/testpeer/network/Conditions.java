package io.github.jvbwhip.testpeer.network;

import io.github.jvbwhip.testpeer.transport.DatagramFilter;
import java.time.Duration;

/**
 * How one direction of a {@link Relay} treats datagrams. Immutable.
 *
 * @param loss the fraction that gets lost, 0 to 1
 * @param delay of all
 * @param jitter by how much each is later than that at most; they keep their order
 * @param reordered the fraction that is held back while others overtake
 * @param bitsPerSecond how fast they go; a queue of {@link #QUEUE} waits, what it does not take is
 *     lost; 0 for any speed
 * @param filter loses what does not pass it
 */
public record Conditions(
    double loss,
    Duration delay,
    Duration jitter,
    double reordered,
    long bitsPerSecond,
    DatagramFilter filter) {
  /** What a datagram that others overtake is late by: more than packets of video are apart. */
  static final Duration HELD_BACK = Duration.ofMillis(30);

  /** As long as the queue before a slow link is. */
  static final Duration QUEUE = Duration.ofMillis(300);

  /** Everything arrives, at once. */
  public static Conditions perfect() {
    return new Conditions(0, Duration.ZERO, Duration.ZERO, 0, 0, DatagramFilter.all());
  }

  /** Nothing arrives. */
  public static Conditions silence() {
    return perfect().withLoss(1);
  }

  /** The same with this fraction lost. */
  public Conditions withLoss(double other) {
    return new Conditions(other, delay, jitter, reordered, bitsPerSecond, filter);
  }

  /** The same with a delay that varies. */
  public Conditions withDelay(Duration least, Duration variation) {
    return new Conditions(loss, least, variation, reordered, bitsPerSecond, filter);
  }

  /** The same with this fraction overtaken. */
  public Conditions withReordering(double other) {
    return new Conditions(loss, delay, jitter, other, bitsPerSecond, filter);
  }

  /** The same at this speed. */
  public Conditions withRate(long other) {
    return new Conditions(loss, delay, jitter, reordered, other, filter);
  }

  /** The same with what this filter does not let through lost. */
  public Conditions withFilter(DatagramFilter other) {
    return new Conditions(loss, delay, jitter, reordered, bitsPerSecond, other);
  }
}
