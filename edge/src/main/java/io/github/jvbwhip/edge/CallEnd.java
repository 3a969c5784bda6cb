package io.github.jvbwhip.edge;

import java.time.Duration;
import java.util.Optional;

/**
 * How a session at another server came to its end.
 *
 * @param words why, for the log
 * @param retryAfter when to come again, where the other server said so
 * @param wasConnected whether media could flow before
 */
record CallEnd(String words, Optional<Duration> retryAfter, boolean wasConnected) {
  static CallEnd failed(CallFailure failure, boolean wasConnected) {
    return new CallEnd(failure.words(), failure.retryAfter(), wasConnected);
  }
}
