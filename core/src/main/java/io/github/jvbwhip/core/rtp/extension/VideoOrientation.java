package io.github.jvbwhip.core.rtp.extension;

/** Coordination of video orientation (3GPP TS 26.114 §7.4.5). Stateless. */
public final class VideoOrientation {
  private VideoOrientation() {}

  /**
   * By how many degrees (0, 90, 180, 270) the receiver turns the picture clockwise; 0 without an
   * element.
   */
  public static int degrees(byte[] b, long element) {
    return isPresent(element) ? (b[HeaderExtensions.offset(element)] & 0x03) * 90 : 0;
  }

  /** Whether the receiver mirrors the picture. */
  public static boolean isFlipped(byte[] b, long element) {
    return isPresent(element) && (b[HeaderExtensions.offset(element)] & 0x04) != 0;
  }

  private static boolean isPresent(long element) {
    return element != HeaderExtensions.NONE && HeaderExtensions.length(element) >= 1;
  }
}
