package io.github.jvbwhip.jvb.room;

/** Who is on the stage of a conference. */
public enum StageRule {
  /** The active speaker. */
  SPEAKER,
  /** The newest screen that is shared; where there is none, the active speaker. */
  SCREEN
}
