package io.github.jvbwhip.core.rtp.extension;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Text elements: mid (RFC 9143 §14), rtp-stream-id and repaired-rtp-stream-id (RFC 8852), all UTF-8
 * as of RFC 7941. Stateless.
 */
public final class SdesText {
  private SdesText() {}

  /** Whether the element holds exactly these bytes; false for {@link HeaderExtensions#NONE}. */
  public static boolean matches(byte[] b, long element, byte[] text) {
    if (element == HeaderExtensions.NONE) {
      return false;
    }
    int from = HeaderExtensions.offset(element);
    return Arrays.equals(b, from, from + HeaderExtensions.length(element), text, 0, text.length);
  }

  /** The text of an element. Allocates: for streams that are not known yet. */
  public static String read(byte[] b, long element) {
    return new String(
        b,
        HeaderExtensions.offset(element),
        HeaderExtensions.length(element),
        StandardCharsets.UTF_8);
  }
}
