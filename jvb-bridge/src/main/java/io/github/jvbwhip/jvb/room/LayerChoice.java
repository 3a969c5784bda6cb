package io.github.jvbwhip.jvb.room;

import io.github.jvbwhip.core.bridge.LayerSelection;
import io.github.jvbwhip.jvb.room.StreamView.Encoding;
import io.github.jvbwhip.jvb.room.StreamView.Source;
import io.github.jvbwhip.jvb.room.StreamView.Track;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
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
    if (!isWish(selection)) {
      return automatic(track, suspended);
    }
    if (isTemporal(selection)) {
      return Optional.empty(); // The bridge does not limit frame rates.
    }
    return wished(track, selection);
  }

  /** Whether the selection says anything about the picture. */
  private static boolean isWish(LayerSelection selection) {
    return selection.rid().isPresent()
        || selection.spatialLayerId().isPresent()
        || isTemporal(selection)
        || selection.maxSpatialLayerId().isPresent()
        || selection.maxWidth().isPresent()
        || selection.maxHeight().isPresent();
  }

  /** Whether the selection says anything about temporal layers, which the bridge chooses alone. */
  public static boolean isTemporal(LayerSelection selection) {
    return selection.temporalLayerId().isPresent() || selection.maxTemporalLayerId().isPresent();
  }

  private static Optional<LayerChoice> automatic(Track track, Set<String> suspended) {
    if (track.sources().size() == 1) {
      return Optional.of(unlimited(track.sources().get(0)));
    }
    List<Source> best =
        track.sources().stream()
            .sorted(Comparator.comparingLong(Source::quality).reversed())
            .toList();
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

  private static Optional<LayerChoice> wished(Track track, LayerSelection selection) {
    List<Encoding> ascending =
        track.encodings().stream().sorted(Comparator.comparingLong(Encoding::quality)).toList();
    Optional<Encoding> best = Optional.empty();
    for (int i = 0; i < ascending.size(); i++) {
      Encoding encoding = ascending.get(i);
      boolean within = selection.rid().isPresent() || ascending.size() == 1;
      int spatial = within ? encoding.highestSpatialLayer() : i;
      if (fits(encoding, spatial, selection) && encoding.active()) {
        best = Optional.of(encoding);
      }
    }
    return best.map(encoding -> choose(track, encoding));
  }

  /**
   * Whether it fits.
   *
   * @param spatial its rank by size; where a RID names it, or it is the only one, its highest
   *     spatial layer: those below cannot be had alone
   */
  private static boolean fits(Encoding encoding, int spatial, LayerSelection selection) {
    return (selection.rid().isEmpty() || selection.rid().equals(encoding.rid()))
        && (selection.spatialLayerId().isEmpty()
            || selection.spatialLayerId().getAsInt() == spatial)
        && (selection.maxSpatialLayerId().isEmpty()
            || selection.maxSpatialLayerId().getAsInt() >= spatial)
        && within(encoding.width(), selection.maxWidth())
        && within(encoding.height(), selection.maxHeight());
  }

  private static boolean within(OptionalInt size, OptionalInt max) {
    return max.isEmpty() || size.isEmpty() || size.getAsInt() <= max.getAsInt();
  }

  private static LayerChoice choose(Track track, Encoding encoding) {
    Source source =
        track.sources().stream()
            .filter(s -> s.encodings().contains(encoding))
            .findFirst()
            .orElseThrow();
    if (source.encodings().size() == 1 || encoding.constraint() <= 0) {
      return unlimited(source);
    }
    return new LayerChoice(source, encoding.constraint(), source.encodings().indexOf(encoding));
  }
}
