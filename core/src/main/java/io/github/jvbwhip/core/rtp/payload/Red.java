package io.github.jvbwhip.core.rtp.payload;

import io.github.jvbwhip.core.rtp.Bytes;
import io.github.jvbwhip.core.rtp.PayloadTypeMap;

/** Redundant audio data (RFC 2198 §3): the payload types inside the payload. Stateless. */
public final class Red {
  /** The result of {@link #primaryPayloadType} for a payload that is cut off. */
  public static final int NONE = -1;

  private static final int FOLLOWED = 0x80;
  private static final int BLOCK_HEADER_LENGTH = 4;

  private Red() {}

  /** The payload type of the newest audio, whose header is the last, or {@link #NONE}. */
  public static int primaryPayloadType(byte[] b, int at, int length) {
    int primary = primaryHeader(b, at, at + length);
    return primary == NONE ? NONE : b[primary] & 0x7F;
  }

  /**
   * Maps the payload types of all blocks, in place.
   *
   * @return false, and nothing is changed, when the payload is cut off or a block's type has no
   *     target
   */
  public static boolean rewrite(byte[] b, int at, int length, PayloadTypeMap payloadTypes) {
    int primary = primaryHeader(b, at, at + length);
    if (primary == NONE) {
      return false;
    }
    for (int i = at; i <= primary; i += BLOCK_HEADER_LENGTH) {
      if (payloadTypes.map(b[i] & 0x7F) == PayloadTypeMap.DROP) {
        return false;
      }
    }
    for (int i = at; i <= primary; i += BLOCK_HEADER_LENGTH) {
      b[i] = (byte) (b[i] & FOLLOWED | payloadTypes.map(b[i] & 0x7F));
    }
    return true;
  }

  /** Where the last block header is, when the redundant blocks (whose lengths are told) fit. */
  private static int primaryHeader(byte[] b, int start, int end) {
    int at = start;
    int redundant = 0;
    while (at < end && (b[at] & FOLLOWED) != 0) {
      if (end - at < BLOCK_HEADER_LENGTH) {
        return NONE;
      }
      redundant += Bytes.u16(b, at + 2) & 0x3FF;
      at += BLOCK_HEADER_LENGTH;
    }
    return at + 1 + redundant <= end ? at : NONE;
  }
}
