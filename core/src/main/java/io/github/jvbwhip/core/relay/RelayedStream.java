package io.github.jvbwhip.core.relay;

import io.github.jvbwhip.core.bridge.Codec;
import io.github.jvbwhip.core.bridge.MediaKind;
import io.github.jvbwhip.core.bridge.StreamName;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongUnaryOperator;

/**
 * A publisher as another bridge has to know it, to show it as its own bridge does.
 *
 * @param displayName what people call it, where that is known
 * @param endpointId its endpoint, the same on all bridges
 * @param codecs what it may send
 * @param tracks its m-sections
 */
public record RelayedStream(
    StreamName name,
    Optional<String> displayName,
    String endpointId,
    List<Codec> codecs,
    List<Track> tracks) {
  public RelayedStream {
    codecs = List.copyOf(codecs);
    tracks = List.copyOf(tracks);
  }

  /** The same with other bitrates, by what they are. */
  public RelayedStream withBitrates(LongUnaryOperator others) {
    return new RelayedStream(
        name,
        displayName,
        endpointId,
        codecs,
        tracks.stream().map(track -> track.withBitrates(others)).toList());
  }

  /**
   * One m-section.
   *
   * @param sent what it sends, as far as that is known
   * @param active whether media comes in
   * @param screen whether it is a screen, as the publisher says
   */
  public record Track(
      MediaKind kind, List<Codec> sent, boolean active, boolean screen, List<Source> sources) {
    public Track {
      sent = List.copyOf(sent);
      sources = List.copyOf(sources);
    }

    private Track withBitrates(LongUnaryOperator others) {
      return new Track(
          kind,
          sent,
          active,
          screen,
          sources.stream().map(source -> source.withBitrates(others)).toList());
    }
  }

  /**
   * One source: one encoding, or several that a bridge projects onto one stream.
   *
   * @param name unique in the room, the same on all bridges
   * @param encodings at least one, the lowest quality first; the SSRC of the first is that of the
   *     projection
   * @param lowestLayerHeight the height by which a bridge chooses the lowest spatial layer; 0 where
   *     there is but one, or it is unknown
   */
  public record Source(String name, List<Encoding> encodings, int lowestLayerHeight) {
    public Source {
      encodings = List.copyOf(encodings);
      if (encodings.isEmpty()) {
        throw new IllegalArgumentException("an encoding is needed");
      }
    }

    private Source withBitrates(LongUnaryOperator others) {
      return new Source(
          name,
          encodings.stream().map(encoding -> encoding.withBitrate(others)).toList(),
          lowestLayerHeight);
    }
  }

  /**
   * One encoding.
   *
   * @param ssrc inside the bridges
   * @param rtxSsrc of its retransmissions, where they have one
   * @param bitrate bits per second as measured
   * @param width in pixels; 0 while unknown
   * @param height in pixels; 0 while unknown
   * @param constraint the height by which a bridge chooses it; 0 when unknown
   * @param highestSpatialLayer within it; 0 where there is but one
   */
  public record Encoding(
      long ssrc,
      OptionalLong rtxSsrc,
      Optional<String> rid,
      boolean active,
      long bitrate,
      int width,
      int height,
      int constraint,
      int highestSpatialLayer) {
    private Encoding withBitrate(LongUnaryOperator others) {
      return new Encoding(
          ssrc,
          rtxSsrc,
          rid,
          active,
          others.applyAsLong(bitrate),
          width,
          height,
          constraint,
          highestSpatialLayer);
    }
  }
}
