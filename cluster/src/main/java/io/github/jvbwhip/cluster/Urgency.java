package io.github.jvbwhip.cluster;

import io.github.jvbwhip.cluster.wire.Side;
import io.github.jvbwhip.core.relay.RoomSide;
import java.time.Duration;

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
    boolean same = told.room().streams().equals(now.room().streams());
    if (!same && !roughly(told.room()).streams().equals(roughly(now.room()).streams())) {
      return AT_ONCE;
    }
    if (told.room().viewers() != now.room().viewers() || told.bridges() != now.bridges()) {
      return VIEWERS;
    }
    return same ? NEVER : BITRATES;
  }

  /** That anything comes in, or nothing any more, decides whether a link is taken for dead. */
  private static RoomSide roughly(RoomSide side) {
    return side.withBitrates(bitrate -> bitrate > 0 ? 1 : 0);
  }
}
