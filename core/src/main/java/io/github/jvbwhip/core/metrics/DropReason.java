package io.github.jvbwhip.core.metrics;

/** Why a packet did not go on. */
public enum DropReason {
  /** The publisher did not negotiate its payload type, or the player has none for the codec. */
  PAYLOAD_TYPE,
  /** Nobody knows what its SSRC is, or knew it in time. */
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
  STRAY,
  /** Its publisher sends more than it may. */
  BITRATE,
  /** It could not be decrypted, or understood. */
  UNREADABLE,
  /** It could not be sent: the system did not take it. */
  UNSENT
}
