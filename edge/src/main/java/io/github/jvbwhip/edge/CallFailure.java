package io.github.jvbwhip.edge;

import java.time.Duration;
import java.util.Optional;

/** Why another server does not do what is wanted, in words for the log. */
final class CallFailure extends Exception {
  private static final long serialVersionUID = 1L;

  private final Optional<Duration> retryAfter;

  CallFailure(String words) {
    this(words, Optional.empty());
  }

  /**
   * @param retryAfter when the other server wants to be asked again
   */
  CallFailure(String words, Optional<Duration> retryAfter) {
    super(words);
    this.retryAfter = retryAfter;
  }

  String words() {
    return String.valueOf(getMessage());
  }

  Optional<Duration> retryAfter() {
    return retryAfter;
  }
}
