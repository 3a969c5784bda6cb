package io.github.jvbwhip.jvb.host;

import io.github.jvbwhip.core.bridge.RemoteTransport;
import java.util.List;
import java.util.Optional;

/**
 * An endpoint to create.
 *
 * @param visitor whether it only receives, unseen by the others; it may have no sources then
 * @param transport empty while the client's side is not known
 */
public record EndpointPlan(
    String id,
    boolean visitor,
    List<MediaPlan> media,
    List<SourcePlan> sources,
    Optional<RemoteTransport> transport) {
  public EndpointPlan {
    media = List.copyOf(media);
    sources = List.copyOf(sources);
    if (visitor && !sources.isEmpty()) {
      throw new IllegalArgumentException("a visitor has no sources");
    }
  }
}
