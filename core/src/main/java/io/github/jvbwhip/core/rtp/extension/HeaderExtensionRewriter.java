package io.github.jvbwhip.core.rtp.extension;

import io.github.jvbwhip.core.rtp.Bytes;
import io.github.jvbwhip.core.rtp.RtpHeader;
import java.util.Map;

/**
 * From the header-extension ids of one side to those of the other, in place. Built once from what
 * was negotiated. Immutable.
 *
 * <p>A dropped element is overwritten with padding, so that the packet keeps its length. The form
 * of the block (one-byte or two-byte) is kept, but for one case: an element of a one-byte block
 * whose new id is above 14. Then the block is converted to the two-byte form, which takes one more
 * byte per element; padding and dropped elements make room. An element for which no room is left is
 * dropped: nothing is ever moved outside the block. Where the other side has not agreed to mixed
 * forms (RFC 8285 §4.1.2), such elements are dropped as well.
 */
public final class HeaderExtensionRewriter {
  /** As a target id: the other side does not know this extension. */
  public static final int DROP = 0;

  private final byte[] targets = new byte[256];
  private final boolean identity;
  private final boolean toTwoByte;

  private HeaderExtensionRewriter(Map<Integer, Integer> ids, boolean mixedAllowed) {
    boolean same = true;
    boolean large = false;
    for (Map.Entry<Integer, Integer> entry : ids.entrySet()) {
      int from = entry.getKey();
      int to = entry.getValue();
      if (from < 1 || from > 255 || to < 0 || to > 255) {
        throw new IllegalArgumentException("header-extension id " + from + " to " + to);
      }
      targets[from] = (byte) to;
      same &= from == to;
      large |= from <= HeaderExtensions.MAX_ONE_BYTE_ID && to > HeaderExtensions.MAX_ONE_BYTE_ID;
    }
    identity = same;
    toTwoByte = large && mixedAllowed;
  }

  /**
   * A rewriter for these ids: from the sender's to the receiver's, or to {@link #DROP}. When every
   * id stays the same it is the identity; otherwise ids that are not in the map are dropped.
   *
   * @param mixedAllowed whether the receiver takes packets in both forms ({@code
   *     a=extmap-allow-mixed})
   * @throws IllegalArgumentException for an id outside 1..255 (targets: 0..255)
   */
  public static HeaderExtensionRewriter of(Map<Integer, Integer> ids, boolean mixedAllowed) {
    return new HeaderExtensionRewriter(ids, mixedAllowed);
  }

  /**
   * Rewrites the ids of the packet at {@code off}, which {@link RtpHeader#hasValidHeader} has
   * passed.
   */
  public void rewrite(byte[] b, int off) {
    if (identity || !RtpHeader.hasExtension(b, off)) {
      return;
    }
    int block = RtpHeader.extensionOffset(b, off);
    int end = HeaderExtensions.blockEnd(b, block);
    int profile = Bytes.u16(b, block);
    if (profile == HeaderExtensions.ONE_BYTE_PROFILE) {
      if (toTwoByte && needsTwoByte(b, block, end)) {
        TwoByteConversion.convert(b, block, end, targets);
      } else {
        rewriteOneByte(b, block + 4, end);
      }
    } else if (HeaderExtensions.isTwoByte(profile)) {
      rewriteTwoByte(b, block + 4, end, profile);
    }
  }

  private void rewriteOneByte(byte[] b, int start, int end) {
    long element = HeaderExtensions.at(b, start, end, HeaderExtensions.ONE_BYTE_PROFILE);
    while (element != HeaderExtensions.NONE) {
      int next = HeaderExtensions.end(element);
      int header = HeaderExtensions.offset(element) - 1;
      int target = targets[HeaderExtensions.id(element)] & 0xFF;
      if (target == DROP || target > HeaderExtensions.MAX_ONE_BYTE_ID) {
        clear(b, header, next);
      } else {
        b[header] = (byte) (target << 4 | b[header] & 0x0F);
      }
      element = HeaderExtensions.at(b, next, end, HeaderExtensions.ONE_BYTE_PROFILE);
    }
  }

  private void rewriteTwoByte(byte[] b, int start, int end, int profile) {
    long element = HeaderExtensions.at(b, start, end, profile);
    while (element != HeaderExtensions.NONE) {
      int next = HeaderExtensions.end(element);
      int header = HeaderExtensions.offset(element) - 2;
      int target = targets[HeaderExtensions.id(element)] & 0xFF;
      if (target == DROP) {
        clear(b, header, next);
      } else {
        b[header] = (byte) target;
      }
      element = HeaderExtensions.at(b, next, end, profile);
    }
  }

  private boolean needsTwoByte(byte[] b, int block, int end) {
    long element = HeaderExtensions.at(b, block + 4, end, HeaderExtensions.ONE_BYTE_PROFILE);
    while (element != HeaderExtensions.NONE) {
      if ((targets[HeaderExtensions.id(element)] & 0xFF) > HeaderExtensions.MAX_ONE_BYTE_ID) {
        return true;
      }
      element =
          HeaderExtensions.at(
              b, HeaderExtensions.end(element), end, HeaderExtensions.ONE_BYTE_PROFILE);
    }
    return false;
  }

  private static void clear(byte[] b, int from, int to) {
    for (int i = from; i < to; i++) {
      b[i] = HeaderExtensions.PADDING_ID;
    }
  }
}
