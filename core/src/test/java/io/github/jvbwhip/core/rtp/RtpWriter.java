package io.github.jvbwhip.core.rtp;

/** Writes the headers of the packets that tests send. */
public final class RtpWriter {
  private RtpWriter() {}

  /**
   * Writes a fixed header without padding, extension, CSRCs and marker.
   *
   * @return the length written, in bytes
   */
  public static int write(
      byte[] b, int off, int payloadType, int sequenceNumber, long timestamp, long ssrc) {
    b[off] = (byte) 0x80;
    b[off + 1] = (byte) payloadType;
    RtpHeader.setSequenceNumber(b, off, sequenceNumber);
    RtpHeader.setTimestamp(b, off, timestamp);
    RtpHeader.setSsrc(b, off, ssrc);
    return RtpHeader.FIXED_LENGTH;
  }
}
