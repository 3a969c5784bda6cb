package io.github.jvbwhip.jvb;

import io.github.jvbwhip.core.bridge.MediaKind;
import io.github.jvbwhip.core.relay.RelayedStream;
import io.github.jvbwhip.jvb.host.SourcePlan;
import io.github.jvbwhip.jvb.room.StreamView;
import java.util.List;
import java.util.stream.Stream;

/** Publishers as they are told over links, and how they are shown there. Pure. */
final class RelayedViews {
  private RelayedViews() {}

  /** A publisher of this bridge for the others. */
  static RelayedStream told(StreamView view) {
    return new RelayedStream(
        view.name(),
        view.displayName(),
        view.endpointId(),
        view.codecs(),
        view.tracks().stream().map(RelayedViews::told).toList());
  }

  private static RelayedStream.Track told(StreamView.Track track) {
    return new RelayedStream.Track(
        track.kind(),
        track.sent(),
        track.active(),
        track.screen(),
        track.sources().stream()
            .map(
                source ->
                    new RelayedStream.Source(
                        source.name(),
                        source.encodings().stream().map(RelayedViews::told).toList(),
                        source.lowestLayerHeight()))
            .toList());
  }

  private static RelayedStream.Encoding told(StreamView.SourceEncoding encoding) {
    return new RelayedStream.Encoding(
        encoding.ssrc(),
        encoding.rtxSsrc(),
        encoding.rid(),
        encoding.active(),
        encoding.bitrate(),
        encoding.width(),
        encoding.height(),
        encoding.constraint(),
        encoding.highestSpatialLayer());
  }

  /** A publisher of another bridge as players here see it. */
  static StreamView view(RelayedStream stream) {
    return new StreamView(
        stream.name(),
        stream.displayName(),
        stream.endpointId(),
        stream.codecs(),
        stream.tracks().stream().map(RelayedViews::view).toList());
  }

  private static StreamView.Track view(RelayedStream.Track track) {
    return new StreamView.Track(
        track.kind(),
        track.sent(),
        track.active(),
        track.screen(),
        track.sources().stream()
            .map(
                source ->
                    new StreamView.Source(
                        source.name(),
                        source.encodings().get(0).ssrc(),
                        source.encodings().stream().map(RelayedViews::view).toList(),
                        source.lowestLayerHeight()))
            .toList());
  }

  private static StreamView.SourceEncoding view(RelayedStream.Encoding encoding) {
    return new StreamView.SourceEncoding(
        encoding.ssrc(),
        encoding.rtxSsrc(),
        encoding.rid(),
        encoding.active(),
        encoding.bitrate(),
        encoding.width(),
        encoding.height(),
        encoding.constraint(),
        encoding.highestSpatialLayer());
  }

  /** What the bridge has to know of it. */
  static List<SourcePlan> plans(RelayedStream stream) {
    return stream.tracks().stream()
        .flatMap(track -> track.sources().stream().map(source -> plan(track.kind(), source)))
        .toList();
  }

  private static SourcePlan plan(MediaKind kind, RelayedStream.Source source) {
    return new SourcePlan(
        kind,
        source.name(),
        source.encodings().stream()
            .map(encoding -> new SourcePlan.Encoding(encoding.ssrc(), encoding.rtxSsrc()))
            .toList());
  }

  /** All SSRCs of it. */
  static Stream<Long> ssrcs(RelayedStream stream) {
    return plans(stream).stream()
        .flatMap(plan -> plan.encodings().stream())
        .flatMap(
            encoding ->
                Stream.concat(Stream.of(encoding.ssrc()), encoding.rtxSsrc().stream().boxed()));
  }
}
