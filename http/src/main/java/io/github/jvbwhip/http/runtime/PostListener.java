package io.github.jvbwhip.http.runtime;

import io.github.jvbwhip.core.metrics.SessionMeters;
import io.github.jvbwhip.core.metrics.SessionMetrics;
import io.github.jvbwhip.http.problems.ProblemType;

/**
 * Hears how the POSTs to endpoints were answered, whoever has answered them: for metrics.
 * Thread-safe; called on container threads, and must not block.
 */
@FunctionalInterface
public interface PostListener {
  /** The two kinds of endpoints. */
  enum Protocol {
    WHIP,
    WHEP
  }

  /** Does not listen. */
  PostListener NONE = (protocol, outcome, nanos) -> {};

  /** Has them counted there. */
  static PostListener of(SessionMeters meters) {
    return (protocol, outcome, nanos) ->
        meters.posted(SessionMetrics.Kind.valueOf(protocol.name()), outcome, nanos);
  }

  /**
   * An answer is about to be written.
   *
   * @param outcome {@code created}, {@code counter-offer}, {@code redirected}, or the {@link
   *     ProblemType#slug} of the problem
   * @param nanos since the head of the request was there
   */
  void answered(Protocol protocol, String outcome, long nanos);
}
