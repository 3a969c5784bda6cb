package io.github.jvbwhip.core.bridge;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Which encodings another server has of the video that it sends in a session, where it sends one at
 * a time.
 *
 * @param layers all that it has, each with a RID of its own; fewer than two are as good as none
 * @param brought the RID of that which this session brings
 * @param wanted hears the RIDs that players want, when they are others than before; called one
 *     after the other, and only enqueues
 */
public record RemoteEncodings(
    List<LayerInfo> layers, Optional<String> brought, Consumer<Set<String>> wanted) {
  public RemoteEncodings {
    layers = List.copyOf(layers);
  }
}
