package io.github.jvbwhip.core.stage;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** One encoding of a source, as the choice between encodings sees it. */
public interface PublishedEncoding {
  /** Packets do not tell. */
  int UNKNOWN = -1;

  /**
   * The encodings with the smallest picture first: by measured size where all are known, otherwise
   * by bit rate. The order of RIDs means nothing (OBS begins with the largest, browsers with what
   * the page says).
   */
  static <E extends PublishedEncoding> List<E> smallestFirst(List<E> encodings) {
    boolean sized = encodings.stream().allMatch(encoding -> encoding.pixels() > 0);
    List<E> sorted = new ArrayList<>(encodings);
    sorted.sort(
        Comparator.comparingLong(encoding -> sized ? encoding.pixels() : encoding.bitrate()));
    return sorted;
  }

  Optional<String> rid();

  /** Bits per second as measured. */
  long bitrate();

  /** In pixels; 0 while unknown. */
  int width();

  /** In pixels; 0 while unknown. */
  int height();

  /** Whether packets are coming in. */
  boolean active();

  /** Of the temporal layers within it, or {@link #UNKNOWN}: then none can be chosen. */
  int highestTemporalLayer();

  /** Of the spatial layers within it; 0 where it has but one. */
  int highestSpatialLayer();

  default long pixels() {
    return (long) width() * height();
  }
}
