package io.github.jvbwhip.core.bridge;

import java.util.List;
import java.util.Set;

/**
 * One publisher of a room as it is now.
 *
 * @param codecs what it sends; of a kind of which nothing has come yet all that it negotiated, its
 *     preference first
 * @param active the kinds of which media is coming in
 * @param layers its video layers, largest first
 */
public record StreamSnapshot(
    StreamName name, List<Codec> codecs, Set<MediaKind> active, List<LayerInfo> layers) {
  public StreamSnapshot {
    codecs = List.copyOf(codecs);
    active = Set.copyOf(active);
    layers = List.copyOf(layers);
  }
}
