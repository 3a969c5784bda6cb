package io.github.jvbwhip.core.rtp.extension;

import java.nio.charset.StandardCharsets;

/**
 * Text elements: mid (RFC 9143 §14), rtp-stream-id and repaired-rtp-stream-id (RFC 8852), all UTF-8
 * as of RFC 7941. Stateless.
 */
public final class SdesText {
  private SdesText() {}

  /** The text of an element. Allocates: for streams that are not known yet. */
  public static String read(byte[] b, long element) {
    return new String(
        b,
        HeaderExtensions.offset(element),
        HeaderExtensions.length(element),
        StandardCharsets.UTF_8);
  }
}
