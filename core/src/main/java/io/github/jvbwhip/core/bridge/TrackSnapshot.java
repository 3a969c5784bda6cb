package io.github.jvbwhip.core.bridge;

import java.util.List;

/**
 * One track of a publisher as it is now: what one of its m-sections brings.
 *
 * @param codecs what it sends; while nothing has come yet all that it negotiated, its preference
 *     first
 * @param active whether media is coming in
 * @param layers of video, largest first
 */
public record TrackSnapshot(
    MediaKind kind, List<Codec> codecs, boolean active, List<LayerInfo> layers) {
  public TrackSnapshot {
    codecs = List.copyOf(codecs);
    layers = List.copyOf(layers);
  }
}
