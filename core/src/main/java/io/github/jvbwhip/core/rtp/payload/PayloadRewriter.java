package io.github.jvbwhip.core.rtp.payload;

/**
 * What has to be rewritten in the payloads of one outgoing stream, where a codec needs that. Chosen
 * when the codec changes and not per packet.
 */
public interface PayloadRewriter {
  /** For all other codecs. */
  PayloadRewriter NONE = (b, at, length) -> length;

  /** The result of {@link #rewrite} for a payload that is not to be sent. */
  int OMIT = -1;

  /** Goes over to another source, at this first payload of a keyframe. */
  default void switchTo(byte[] b, int at, int length) {}

  /** Leaves the payload's frame out. */
  default void leaveOut(byte[] b, int at, int length) {}

  /**
   * Rewrites the payload for the receiver, in place.
   *
   * @return its new length, not above {@code length}, or {@link #OMIT}; then it may be changed
   */
  int rewrite(byte[] b, int at, int length);
}
