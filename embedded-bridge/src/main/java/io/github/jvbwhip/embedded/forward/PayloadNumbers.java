package io.github.jvbwhip.embedded.forward;

/**
 * The numbers of a stream that live in the payload of its packets, where a codec has such; they are
 * continuous over a switch and over frames that are left out, as sequence numbers are. One for each
 * track and codec, chosen when the codec changes and not per packet. Not thread-safe.
 */
interface PayloadNumbers {
  /** For codecs without: H264, H265, AV1, VP9 (receivers start anew at its keyframes), audio. */
  PayloadNumbers NONE = new NoPayloadNumbers();

  /** Goes over to another source, at this first payload of a keyframe. */
  void switchTo(byte[] b, int at, int length);

  /** The temporal layer of the payload's frame; 0 where it does not say. */
  int temporalLayer(byte[] b, int at, int length);

  /** Leaves the payload's frame out. */
  void drop(byte[] b, int at, int length);

  /**
   * Writes the outgoing numbers into the payload.
   *
   * @return false when its frame has none: it is not to be sent
   */
  boolean forward(byte[] b, int at, int length);
}
