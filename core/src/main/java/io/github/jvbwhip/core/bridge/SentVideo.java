package io.github.jvbwhip.core.bridge;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a player gets now in one video m-section.
 *
 * @param stream whose video it is; empty while nothing is sent, or that is not known
 * @param rid of the encoding, where it has one
 * @param width pixels, where known
 * @param height pixels, where known
 * @param bitrate bits per second as sent, without retransmissions; 0 while nothing is
 * @param keyframeRequests how often the player has asked for a keyframe (PLI, FIR): it does when it
 *     has lost the picture
 */
public record SentVideo(
    String mid,
    Optional<StreamName> stream,
    Optional<String> rid,
    OptionalInt width,
    OptionalInt height,
    long bitrate,
    long keyframeRequests) {

  /** Nothing is sent. */
  public static SentVideo nothing(String mid, long keyframeRequests) {
    return unknown(mid, 0, keyframeRequests);
  }

  /** Something is, of which no more is known. */
  public static SentVideo unknown(String mid, long bitrate, long keyframeRequests) {
    return new SentVideo(
        mid,
        Optional.empty(),
        Optional.empty(),
        OptionalInt.empty(),
        OptionalInt.empty(),
        bitrate,
        keyframeRequests);
  }

  /**
   * Something is.
   *
   * @param width 0 while unknown
   * @param height 0 while unknown
   */
  public static SentVideo of(
      String mid,
      StreamName stream,
      Optional<String> rid,
      int width,
      int height,
      long bitrate,
      long keyframeRequests) {
    return new SentVideo(
        mid, Optional.of(stream), rid, known(width), known(height), bitrate, keyframeRequests);
  }

  private static OptionalInt known(int pixels) {
    return pixels > 0 ? OptionalInt.of(pixels) : OptionalInt.empty();
  }
}
