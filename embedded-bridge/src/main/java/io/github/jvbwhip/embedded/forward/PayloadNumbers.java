package io.github.jvbwhip.embedded.forward;

/**
 * What has to be rewritten in the payload of a track's packets, where a codec needs that: VP8's
 * picture ids, which are continuous over a switch and over frames that are left out as sequence
 * numbers are, and RED's inner payload types. Chosen when the codec changes and not per packet. Not
 * thread-safe.
 */
interface PayloadNumbers {
  /** For all other codecs. */
  PayloadNumbers NONE = new NoPayloadNumbers();

  /** The result of {@link #forward} for a payload that is not to be sent. */
  int OMIT = -1;

  /** Goes over to another source, at this first payload of a keyframe. */
  void switchTo(byte[] b, int at, int length);

  /** Leaves the payload's frame out. */
  void drop(byte[] b, int at, int length);

  /**
   * Rewrites the payload for the player, in place.
   *
   * @return its new length, not above {@code length}, or {@link #OMIT}
   */
  int forward(byte[] b, int at, int length);
}
