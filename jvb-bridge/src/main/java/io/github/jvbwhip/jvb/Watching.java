package io.github.jvbwhip.jvb;

import io.github.jvbwhip.jvb.room.StageRule;

/**
 * How players watch meetings.
 *
 * @param open whether players get into them, each room's by its whole name
 * @param stage who is on a meeting's stage
 */
public record Watching(boolean open, StageRule stage) {
  /** No player gets into a meeting. */
  public static final Watching CLOSED = new Watching(false, StageRule.SPEAKER);
}
