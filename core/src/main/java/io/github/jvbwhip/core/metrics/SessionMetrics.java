package io.github.jvbwhip.core.metrics;

/** Where a bridge's sessions are counted. Thread-safe. */
public interface SessionMetrics {

  /** The two kinds of sessions. */
  enum Kind {
    WHIP,
    WHEP
  }

  /** The states of live sessions. */
  enum State {
    /** The server's offer waits for its answer. */
    OFFERED,
    CONNECTING,
    CONNECTED
  }

  /** An endpoint was allocated, which took so long. */
  void opened(Kind kind, long nanos);

  /** ICE and DTLS were up so long after the allocation. */
  void connected(long nanos);

  /**
   * An endpoint has ended.
   *
   * @param reason {@code closed}, or the name of an {@link io.github.jvbwhip.core.bridge.EndReason}
   */
  void ended(Kind kind, String reason);

  /** An SSRC was known to the bridge so long after its first packet. */
  void learnt(long nanos);

  /** How many there are now. */
  void sessions(Kind kind, State state, long count);

  /** The connected players of each room. */
  void audiences(int[] players);

  /** Packets since the call before. */
  void packets(Kind kind, PacketTotals fresh);

  /** Whether new sessions are taken now. */
  void accepting(boolean now);

  /** Counts nothing. */
  SessionMetrics NONE =
      new SessionMetrics() {
        @Override
        public void opened(Kind kind, long nanos) {}

        @Override
        public void connected(long nanos) {}

        @Override
        public void ended(Kind kind, String reason) {}

        @Override
        public void learnt(long nanos) {}

        @Override
        public void sessions(Kind kind, State state, long count) {}

        @Override
        public void audiences(int[] players) {}

        @Override
        public void packets(Kind kind, PacketTotals fresh) {}

        @Override
        public void accepting(boolean now) {}
      };
}
