package io.github.jvbwhip.jvb.host;

import java.util.List;

/**
 * What the bridge is told of an endpoint whose media comes over a link.
 *
 * @param sources all that it has; what is not there is there no more
 */
public record RelayedEndpoint(String id, Change change, List<SourcePlan> sources) {
  /** What has become of it. */
  public enum Change {
    NEW,
    OTHER_SOURCES,
    GONE
  }

  public RelayedEndpoint {
    sources = List.copyOf(sources);
  }
}
