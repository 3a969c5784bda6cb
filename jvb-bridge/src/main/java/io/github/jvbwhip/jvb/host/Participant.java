package io.github.jvbwhip.jvb.host;

import io.github.jvbwhip.core.bridge.MediaKind;
import java.util.List;
import java.util.Set;

/**
 * An endpoint of a conference that others can see.
 *
 * @param sending the kinds of which media comes in
 */
public record Participant(String id, Set<MediaKind> sending, List<Source> sources) {
  public Participant {
    sending = Set.copyOf(sending);
    sources = List.copyOf(sources);
  }

  /**
   * One of its sources.
   *
   * @param ssrc what its packets have after the bridge's projection
   * @param highestLayer the highest encoding or spatial layer; 0 where there is but one
   */
  public record Source(MediaKind kind, String name, long ssrc, int highestLayer) {}
}
