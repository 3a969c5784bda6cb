package io.github.jvbwhip.jvb.media;

/** Why a packet did not go on. */
public enum DropReason {
  /** The publisher did not negotiate its payload type, or the player has none for the codec. */
  PAYLOAD_TYPE,
  /** Its SSRC was still unknown when too many others waited, or when the session ended. */
  UNKNOWN_SSRC,
  /** It is of a source that the player is not shown. */
  NOT_SHOWN,
  /** The player is to be shown its source from the next keyframe on. */
  BEFORE_KEYFRAME,
  /**
   * It belongs before what the player was shown first of its source, or is of a picture that was.
   */
  LATE,
  /** It is of a spatial layer that the player cannot decode, since it takes no descriptor. */
  ABOVE_LAYER,
  /** It has been here, or is too far from what was expected of its source. */
  STRAY
}
