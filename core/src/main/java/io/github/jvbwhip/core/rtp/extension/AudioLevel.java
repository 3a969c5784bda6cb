package io.github.jvbwhip.core.rtp.extension;

/** Client-to-mixer audio level (RFC 6464 §3). Stateless. */
public final class AudioLevel {
  /** Digital silence. */
  public static final int SILENCE = 127;

  private AudioLevel() {}

  /**
   * In -dBov: 0 is the loudest, {@link #SILENCE} the quietest, and the answer without an element.
   */
  public static int level(byte[] b, long element) {
    return isPresent(element) ? b[HeaderExtensions.offset(element)] & 0x7F : SILENCE;
  }

  private static boolean isPresent(long element) {
    return element != HeaderExtensions.NONE && HeaderExtensions.length(element) >= 1;
  }
}
