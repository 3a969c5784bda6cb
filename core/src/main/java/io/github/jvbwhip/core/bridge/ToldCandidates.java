package io.github.jvbwhip.core.bridge;

import java.util.ArrayList;
import java.util.List;

/**
 * The candidates that a client has told, of which a bridge needs none: clients are found by their
 * checks. They tell what kind of address that is. Thread-safe.
 */
public final class ToldCandidates {
  /** More than browsers have; a hostile client's others count as not told. */
  private static final int MOST = 32;

  private final List<IceCandidate> told = new ArrayList<>();

  /** Adds some. */
  public synchronized void add(List<IceCandidate> candidates) {
    for (IceCandidate each : candidates) {
      if (told.size() < MOST && IpLiterals.isNoName(each.address())) {
        told.add(each);
      }
    }
  }

  /** The same pair with the type of its remote candidate. */
  public synchronized SelectedPair typed(SelectedPair pair) {
    for (IceCandidate each : told) {
      if (each.port() == pair.remotePort()
          && each.protocol() == pair.protocol()
          && each.address().equalsIgnoreCase(pair.remoteAddress())) {
        return new SelectedPair(
            pair.localAddress(),
            pair.localPort(),
            pair.remoteAddress(),
            pair.remotePort(),
            pair.protocol(),
            each.type());
      }
    }
    return pair;
  }
}
