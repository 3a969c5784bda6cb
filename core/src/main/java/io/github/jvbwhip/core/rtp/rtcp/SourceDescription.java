package io.github.jvbwhip.core.rtp.rtcp;

import io.github.jvbwhip.core.rtp.Bytes;

/** Source description (RFC 3550 §6.5): of its items, the canonical name. Stateless. */
public final class SourceDescription {
  private static final int END = 0;
  private static final int CNAME = 1;

  private SourceDescription() {}

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
