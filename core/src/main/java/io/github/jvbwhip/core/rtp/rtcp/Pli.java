package io.github.jvbwhip.core.rtp.rtcp;

/** Picture loss indication (RFC 4585 §6.3.1): the media SSRC is asked for a keyframe. Stateless. */
public final class Pli {
  /** In bytes. */
  public static final int LENGTH = RtcpFeedback.LENGTH;

  private static final int FORMAT = 1;

  private Pli() {}

  public static boolean is(byte[] b, int at) {
    return RtcpFeedback.is(b, at, Rtcp.PAYLOAD_FEEDBACK, FORMAT, LENGTH);
  }

  /** Writes a packet and returns its length. */
  public static int write(byte[] b, int at, long senderSsrc, long mediaSsrc) {
    RtcpFeedback.write(b, at, Rtcp.PAYLOAD_FEEDBACK, FORMAT, LENGTH, senderSsrc, mediaSsrc);
    return LENGTH;
  }
}
