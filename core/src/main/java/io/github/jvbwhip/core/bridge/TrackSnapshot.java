package io.github.jvbwhip.core.bridge;

import java.util.List;
import java.util.Optional;

/**
 * One track of a publisher as it is now: what one of its m-sections brings.
 *
 * @param source what the bridge calls it, where people know it by that
 * @param codecs what it sends; while nothing has come yet all that it negotiated, its preference
 *     first
 * @param active whether media is coming in
 * @param layers of video, largest first
 */
public record TrackSnapshot(
    MediaKind kind,
    Optional<String> source,
    List<Codec> codecs,
    boolean active,
    List<LayerInfo> layers) {
  public TrackSnapshot {
    codecs = List.copyOf(codecs);
    layers = List.copyOf(layers);
  }

  /** One that has no name of its own. */
  public TrackSnapshot(MediaKind kind, List<Codec> codecs, boolean active, List<LayerInfo> layers) {
    this(kind, Optional.empty(), codecs, active, layers);
  }

  /** Whether the bridge calls it so. */
  boolean isCalled(String name) {
    return source.equals(Optional.of(name));
  }
}
