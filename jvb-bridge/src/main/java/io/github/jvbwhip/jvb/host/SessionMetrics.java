package io.github.jvbwhip.jvb.host;

import io.github.jvbwhip.jvb.media.PacketTotals;

/** Where sessions are counted. Thread-safe. */
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

  void ended(Kind kind, String reason);

  /** An SSRC was known to the bridge so long after its first packet. */
  void learnt(long nanos);

  /** How many there are now. */
  void sessions(Kind kind, State state, long count);

  /** The connected players of each room. */
  void audiences(int[] players);

  /** Packets since the call before. */
  void packets(Kind kind, PacketTotals fresh);
}
