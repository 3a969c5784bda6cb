package io.github.jvbwhip.core.rtp;

import io.github.jvbwhip.core.rtp.extension.HeaderExtensionRewriter;

/**
 * All that is rewritten in a packet on its way from one side to the other: payload type,
 * header-extension ids, SSRC, and where the caller numbers the stream itself, sequence number and
 * timestamp. Built once per forwarded stream; what does not differ is skipped. Immutable, and so
 * are its parts.
 */
public final class PacketRewriter {
  /** Instead of an SSRC: packets keep theirs. */
  public static final long KEEP_SSRC = -1;

  private final PayloadTypeMap payloadTypes;
  private final HeaderExtensionRewriter extensions;
  private final long ssrc;
  private final boolean identity;

  /**
   * @param ssrc the outgoing SSRC, or {@link #KEEP_SSRC}
   */
  public PacketRewriter(
      PayloadTypeMap payloadTypes, HeaderExtensionRewriter extensions, long ssrc) {
    this.payloadTypes = payloadTypes;
    this.extensions = extensions;
    this.ssrc = ssrc;
    this.identity = payloadTypes.isIdentity() && extensions.isIdentity() && ssrc == KEEP_SSRC;
  }

  /**
   * Whether {@link #rewrite(byte[], int)} changes and drops nothing: then it need not be called.
   */
  public boolean isIdentity() {
    return identity;
  }

  /**
   * Rewrites the packet at {@code off}, which {@link RtpHeader#isValid} has passed, in place.
   *
   * @return false when the other side has no such payload type: the packet is unchanged, and not
   *     for it
   */
  public boolean rewrite(byte[] b, int off) {
    if (identity) {
      return true;
    }
    int payloadType = payloadTypes.map(RtpHeader.payloadType(b, off));
    if (payloadType == PayloadTypeMap.DROP) {
      return false;
    }
    RtpHeader.setPayloadType(b, off, payloadType);
    if (ssrc != KEEP_SSRC) {
      RtpHeader.setSsrc(b, off, ssrc);
    }
    extensions.rewrite(b, off);
    return true;
  }

  /**
   * Like {@link #rewrite(byte[], int)}, with the sequence number and timestamp of the outgoing
   * stream.
   */
  public boolean rewrite(byte[] b, int off, int sequenceNumber, long timestamp) {
    if (!rewrite(b, off)) {
      return false;
    }
    RtpHeader.setSequenceNumber(b, off, sequenceNumber);
    RtpHeader.setTimestamp(b, off, timestamp);
    return true;
  }
}
