package io.github.jvbwhip.cluster;

import io.github.jvbwhip.cluster.wire.Side;
import io.github.jvbwhip.core.relay.RelayedStream;
import io.github.jvbwhip.core.relay.RelayedStream.Encoding;
import io.github.jvbwhip.core.relay.RelayedStream.Source;
import io.github.jvbwhip.core.relay.RelayedStream.Track;
import java.time.Duration;
import java.util.List;

/** How soon the other side of a link has to know what is different on this one. */
enum Urgency {
  /** Nothing is. */
  NEVER(Duration.ZERO),
  /** Only bitrates are, none of which is, or was, 0. */
  BITRATES(Duration.ofSeconds(2)),
  /** Only how many watch is, beside bitrates. */
  VIEWERS(Duration.ofMillis(500)),
  AT_ONCE(Duration.ZERO);

  private final Duration between;

  Urgency(Duration between) {
    this.between = between;
  }

  /** How long after it was told last. */
  Duration between() {
    return between;
  }

  /** Of the difference between what was told and what is. Versions do not count. */
  static Urgency of(Side told, Side now) {
    if (!told.path().equals(now.path())) {
      return AT_ONCE;
    }
    List<RelayedStream> before = told.room().streams();
    List<RelayedStream> after = now.room().streams();
    boolean same = before.equals(after);
    if (!same && !roughly(before).equals(roughly(after))) {
      return AT_ONCE;
    }
    if (told.room().viewers() != now.room().viewers() || told.bridges() != now.bridges()) {
      return VIEWERS;
    }
    return same ? NEVER : BITRATES;
  }

  private static List<RelayedStream> roughly(List<RelayedStream> streams) {
    return streams.stream()
        .map(
            each ->
                new RelayedStream(
                    each.name(),
                    each.displayName(),
                    each.endpointId(),
                    each.codecs(),
                    each.tracks().stream().map(Urgency::roughly).toList()))
        .toList();
  }

  private static Track roughly(Track track) {
    List<Source> sources =
        track.sources().stream()
            .map(
                each ->
                    new Source(
                        each.name(),
                        each.encodings().stream().map(Urgency::roughly).toList(),
                        each.lowestLayerHeight()))
            .toList();
    return new Track(track.kind(), track.sent(), track.active(), track.screen(), sources);
  }

  /** That anything comes in, or nothing any more, decides whether a link is taken for dead. */
  private static Encoding roughly(Encoding encoding) {
    return new Encoding(
        encoding.ssrc(),
        encoding.rtxSsrc(),
        encoding.rid(),
        encoding.active(),
        encoding.bitrate() > 0 ? 1 : 0,
        encoding.width(),
        encoding.height(),
        encoding.constraint(),
        encoding.highestSpatialLayer());
  }
}
