package io.github.jvbwhip.jvb.room;

import io.github.jvbwhip.core.bridge.LayerSelection;
import io.github.jvbwhip.core.stage.LayerFilter;
import io.github.jvbwhip.core.stage.PublishedEncoding;
import io.github.jvbwhip.jvb.room.StreamView.Source;
import io.github.jvbwhip.jvb.room.StreamView.SourceEncoding;
import io.github.jvbwhip.jvb.room.StreamView.Track;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which source of a track a player gets, and up to which height. Pure.
 *
 * @param maxHeight the constraint for the bridge, or {@link #UNLIMITED}
 * @param encoding the encoding of the source that is wanted, or {@link #ANY}
 */
public record LayerChoice(Source source, int maxHeight, int encoding) {
  /** The bridge chooses by bandwidth alone. */
  public static final int UNLIMITED = -1;

  /** Any encoding of the source will do, or it has one only. */
  public static final int ANY = -1;

  /**
   * Chooses.
   *
   * @param suspended sources for which the bandwidth did not suffice lately
   * @return empty when nothing that comes in fits
   */
  public static Optional<LayerChoice> of(
      Track track, LayerSelection selection, Set<String> suspended) {
    return selection.equals(LayerSelection.AUTOMATIC)
        ? automatic(track, suspended)
        : wished(track, selection);
  }

  /** Whether the selection says anything about temporal layers, which the bridge chooses alone. */
  public static boolean isTemporal(LayerSelection selection) {
    return selection.temporalLayerId().isPresent() || selection.maxTemporalLayerId().isPresent();
  }

  private static Optional<LayerChoice> automatic(Track track, Set<String> suspended) {
    if (track.sources().size() == 1) {
      return Optional.of(unlimited(track.sources().get(0)));
    }
    List<Source> best = bestFirst(track);
    return best.stream()
        .filter(s -> s.isActive() && !suspended.contains(s.name()))
        .findFirst()
        .or(() -> best.stream().filter(Source::isActive).reduce((a, b) -> b))
        .or(() -> best.stream().findFirst())
        .map(LayerChoice::unlimited);
  }

  private static LayerChoice unlimited(Source source) {
    return new LayerChoice(source, UNLIMITED, ANY);
  }

  /** The sources by their largest encodings. */
  private static List<Source> bestFirst(Track track) {
    List<Source> best = new ArrayList<>();
    for (SourceEncoding encoding : PublishedEncoding.smallestFirst(track.encodings())) {
      Source source = track.sourceOf(encoding);
      best.remove(source);
      best.add(0, source);
    }
    return best;
  }

  private static Optional<LayerChoice> wished(Track track, LayerSelection selection) {
    List<SourceEncoding> fitting =
        LayerFilter.apply(selection, PublishedEncoding.smallestFirst(track.encodings()));
    return fitting.isEmpty()
        ? Optional.empty()
        : Optional.of(choose(track, fitting.get(fitting.size() - 1)));
  }

  private static LayerChoice choose(Track track, SourceEncoding encoding) {
    Source source = track.sourceOf(encoding);
    if (source.encodings().size() == 1 || encoding.constraint() <= 0) {
      return unlimited(source);
    }
    return new LayerChoice(source, encoding.constraint(), source.encodings().indexOf(encoding));
  }
}
