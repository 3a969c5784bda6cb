package io.github.jvbwhip.embedded.forward;

import io.github.jvbwhip.core.rtp.Bytes;
import io.github.jvbwhip.core.rtp.PayloadTypeMap;
import io.github.jvbwhip.core.rtp.payload.PayloadRewriter;
import io.github.jvbwhip.core.rtp.payload.Red;

/**
 * Redundant audio (RFC 2198) for one player: with the player's payload types where it has RED,
 * otherwise only the newest audio in each packet. Immutable.
 */
final class RedPayload implements PayloadRewriter {
  private static final int FOLLOWED = 0x80;
  private static final int BLOCK_HEADER_LENGTH = 4;

  private final PayloadTypeMap payloadTypes;
  private final boolean unwraps;

  /**
   * @param unwraps whether the player takes no RED
   */
  RedPayload(PayloadTypeMap payloadTypes, boolean unwraps) {
    this.payloadTypes = payloadTypes;
    this.unwraps = unwraps;
  }

  @Override
  public int rewrite(byte[] b, int at, int length) {
    if (!unwraps) {
      return Red.rewrite(b, at, length, payloadTypes) ? length : OMIT;
    }
    if (Red.primaryPayloadType(b, at, length) == Red.NONE) {
      return OMIT;
    }
    // The headers lie inside the payload: that was just checked.
    int header = at;
    int redundant = 0;
    while ((b[header] & FOLLOWED) != 0) {
      redundant += Bytes.u16(b, header + 2) & 0x3FF;
      header += BLOCK_HEADER_LENGTH;
    }
    int primary = header + 1 + redundant;
    int primaryLength = at + length - primary;
    System.arraycopy(b, primary, b, at, primaryLength);
    return primaryLength;
  }
}
