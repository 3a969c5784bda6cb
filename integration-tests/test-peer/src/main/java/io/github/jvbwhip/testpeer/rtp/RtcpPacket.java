package io.github.jvbwhip.testpeer.rtp;

import java.util.List;

/** The RTCP packets that the peer understands; all else is {@link Other}. */
public sealed interface RtcpPacket {
  /** The SSRC of who sent it. */
  long senderSsrc();

  /**
   * One report block (RFC 3550 section 6.4.1).
   *
   * @param fractionLost in 256ths
   * @param jitter in timestamp units
   */
  record ReportBlock(
      long ssrc,
      int fractionLost,
      int cumulativeLost,
      long highestSequence,
      long jitter,
      long lastSr,
      long delaySinceLastSr) {}

  /**
   * A sender report (RFC 3550 section 6.4.1).
   *
   * @param ntpTime 32.32 fixed-point seconds since 1900, unsigned
   */
  record SenderReport(
      long senderSsrc,
      long ntpTime,
      long rtpTimestamp,
      long packets,
      long octets,
      List<ReportBlock> blocks)
      implements RtcpPacket {}

  /** A receiver report (RFC 3550 section 6.4.2). */
  record ReceiverReport(long senderSsrc, List<ReportBlock> blocks) implements RtcpPacket {}

  /** A source description with its first chunk's CNAME (RFC 3550 section 6.5); may be empty. */
  record SourceDescription(long senderSsrc, String cname) implements RtcpPacket {}

  /** A goodbye (RFC 3550 section 6.6). */
  record Bye(long senderSsrc) implements RtcpPacket {}

  /** A generic NACK (RFC 4585 section 6.2.1) with the sequence numbers that it names. */
  record Nack(long senderSsrc, long mediaSsrc, List<Integer> sequenceNumbers)
      implements RtcpPacket {}

  /** A picture loss indication (RFC 4585 section 6.3.1). */
  record PictureLoss(long senderSsrc, long mediaSsrc) implements RtcpPacket {}

  /** A full intra request (RFC 5104 section 4.3.1) for each SSRC named. */
  record FullIntraRequest(long senderSsrc, List<Long> mediaSsrcs) implements RtcpPacket {}

  /** A receiver's estimate of the bandwidth, bits per second (REMB). */
  record Remb(long senderSsrc, long bitrate, List<Long> mediaSsrcs) implements RtcpPacket {}

  /** Transport-wide feedback: how many packets it covers, from which number. */
  record TransportFeedback(long senderSsrc, int baseSequence, int packetCount)
      implements RtcpPacket {}

  /** Anything else. */
  record Other(long senderSsrc, int packetType, int format) implements RtcpPacket {}
}
