package io.github.jvbwhip.edge;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * How a session at another server came to its end.
 *
 * @param words why, for the log
 * @param asked whether the other server asked to come again, which is no failure
 * @param elsewhere where to, where it said so
 * @param retryAfter when, where it said so
 * @param wasConnected whether media could flow before
 */
record CallEnd(
    String words,
    boolean asked,
    Optional<URI> elsewhere,
    Optional<Duration> retryAfter,
    boolean wasConnected) {

  static CallEnd failed(CallFailure failure, boolean wasConnected) {
    return new CallEnd(
        failure.words(), false, Optional.empty(), failure.retryAfter(), wasConnected);
  }

  static CallEnd reconnect(Optional<URI> elsewhere) {
    return new CallEnd("it asks to reconnect", true, elsewhere, Optional.empty(), true);
  }

  static CallEnd renewed() {
    return new CallEnd("nothing comes", true, Optional.empty(), Optional.empty(), true);
  }
}
