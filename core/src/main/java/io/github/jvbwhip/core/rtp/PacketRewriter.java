package io.github.jvbwhip.core.rtp;

import io.github.jvbwhip.core.rtp.extension.HeaderExtensionRewriter;

/**
 * All that is rewritten in a packet on its way from one side to the other: payload type,
 * header-extension ids, SSRC, sequence number and timestamp. Built once per forwarded stream.
 * Immutable, and so are its parts.
 */
public final class PacketRewriter {
  private final PayloadTypeMap payloadTypes;
  private final HeaderExtensionRewriter extensions;
  private final long ssrc;

  /**
   * @param ssrc the outgoing SSRC
   */
  public PacketRewriter(
      PayloadTypeMap payloadTypes, HeaderExtensionRewriter extensions, long ssrc) {
    this.payloadTypes = payloadTypes;
    this.extensions = extensions;
    this.ssrc = ssrc;
  }

  /**
   * Rewrites the packet at {@code off}, which {@link RtpHeader#isValid} has passed, in place.
   *
   * @return false when the other side has no such payload type: the packet is unchanged, and not
   *     for it
   */
  public boolean rewrite(byte[] b, int off, int sequenceNumber, long timestamp) {
    int payloadType = payloadTypes.map(RtpHeader.payloadType(b, off));
    if (payloadType == PayloadTypeMap.DROP) {
      return false;
    }
    RtpHeader.setPayloadType(b, off, payloadType);
    RtpHeader.setSequenceNumber(b, off, sequenceNumber);
    RtpHeader.setTimestamp(b, off, timestamp);
    RtpHeader.setSsrc(b, off, ssrc);
    extensions.rewrite(b, off);
    return true;
  }
}
