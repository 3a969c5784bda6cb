package io.github.jvbwhip.core.rtp.rtcp;

import io.github.jvbwhip.core.rtp.Bytes;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Source description (RFC 3550 §6.5): of its items, the canonical name. Stateless. */
public final class SourceDescription {
  private static final int END = 0;
  private static final int CNAME = 1;

  private SourceDescription() {}

  public static boolean is(byte[] b, int at) {
    return Rtcp.is(b, at, Rtcp.SOURCE_DESCRIPTION, Rtcp.HEADER_LENGTH);
  }

  /** The canonical name of this source, or null where the packet does not tell it. Allocates. */
  public static @Nullable String cname(byte[] b, int at, long ssrc) {
    int end = Rtcp.contentEnd(b, at);
    int chunk = at + Rtcp.HEADER_LENGTH;
    for (int i = Rtcp.count(b, at); i > 0 && end - chunk >= 4; i--) {
      boolean wanted = Bytes.u32(b, chunk) == ssrc;
      int item = chunk + 4;
      while (end - item >= 2 && b[item] != END) {
        int length = Bytes.u8(b, item + 1);
        if (length > end - item - 2) {
          return null;
        }
        if (wanted && b[item] == CNAME) {
          return new String(b, item + 2, length, StandardCharsets.UTF_8);
        }
        item += 2 + length;
      }
      // At least one zero byte ends the items, and fills the chunk up to a word.
      chunk = at + ((item - at) / 4 + 1) * 4;
    }
    return null;
  }

  /**
   * Writes the canonical name (in UTF-8, at most 255 bytes) of one source.
   *
   * @return the length of the packet, in bytes
   * @throws IllegalArgumentException for a longer name
   */
  public static int write(byte[] b, int at, long ssrc, byte[] cname) {
    if (cname.length > 255) {
      throw new IllegalArgumentException("cname of " + cname.length + " bytes");
    }
    int length = Rtcp.HEADER_LENGTH + 4 + ((2 + cname.length) / 4 + 1) * 4;
    Rtcp.writeHeader(b, at, 1, Rtcp.SOURCE_DESCRIPTION, length);
    Bytes.put32(b, at + 4, ssrc);
    b[at + 8] = CNAME;
    b[at + 9] = (byte) cname.length;
    System.arraycopy(cname, 0, b, at + 10, cname.length);
    for (int i = at + 10 + cname.length; i < at + length; i++) {
      b[i] = END;
    }
    return length;
  }
}
