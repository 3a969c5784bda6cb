package io.github.jvbwhip.testpeer.transport;

import java.util.List;

/**
 * One side's ICE credentials and candidates.
 *
 * @param candidates values of {@code a=candidate} (without the prefix); may be empty
 */
public record IceParameters(String ufrag, String password, List<String> candidates) {
  public IceParameters {
    candidates = List.copyOf(candidates);
  }
}
