package io.github.jvbwhip.core.metrics;

/** Counts live sessions by kind and state, for one look at them. Not thread-safe. */
public final class SessionCensus {
  private static final SessionMetrics.Kind[] KINDS = SessionMetrics.Kind.values();
  private static final SessionMetrics.State[] STATES = SessionMetrics.State.values();

  private final long[][] counts = new long[KINDS.length][STATES.length];

  /** One more session. */
  public void add(SessionMetrics.Kind kind, SessionMetrics.State state) {
    counts[kind.ordinal()][state.ordinal()]++;
  }

  /** Tells how many there are, also of what there is none of. */
  public void tell(SessionMetrics metrics) {
    for (SessionMetrics.Kind kind : KINDS) {
      for (SessionMetrics.State state : STATES) {
        metrics.sessions(kind, state, counts[kind.ordinal()][state.ordinal()]);
      }
    }
  }
}
