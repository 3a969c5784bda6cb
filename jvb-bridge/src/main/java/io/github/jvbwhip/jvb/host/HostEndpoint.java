package io.github.jvbwhip.jvb.host;

import io.github.jvbwhip.core.bridge.EndpointStats;
import io.github.jvbwhip.core.bridge.SelectedPair;
import io.github.jvbwhip.core.metrics.PacketTotals;
import java.util.Optional;

/** What the hooks on an endpoint tell and do. */
public interface HostEndpoint {

  /** How far a transport has got. */
  enum Transport {
    /** The client's side is not known, or no candidate pair works yet. */
    CHECKING,
    /** A candidate pair works. */
    ICE_CONNECTED,
    /** DTLS is up too: media can flow. */
    CONNECTED,
    ICE_FAILED
  }

  /** How far its transport has got. */
  Transport transport();

  /** Whether ICE has come to its end, and so cannot fail any more. */
  boolean isIceCompleted();

  /** Whether it, or its conference, is gone. The bridge tells nobody. */
  boolean isExpired();

  /** Whether the client has ended DTLS, and sent nothing since. */
  boolean hasLeft(long nowNanos);

  /**
   * Ends the DTLS association, which tells the client that its session is over; the endpoint still
   * has to be freed.
   *
   * @return false when there is no association yet, and none has been ended
   */
  boolean sayFarewell();

  /** What its media goes over; empty until ICE has found that. */
  Optional<SelectedPair> pair();

  /** Counters as of now. */
  EndpointStats stats(boolean connected);

  /** What became of its packets so far. */
  PacketTotals totals();

  /** Gives back what the hooks keep. */
  void detach();

  /**
   * The bridge has been told to free it: what is left of its ICE, which may be in memory for long,
   * is to refer to nothing else.
   */
  void letGo();
}
