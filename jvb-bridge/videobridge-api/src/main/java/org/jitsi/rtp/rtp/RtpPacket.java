package org.jitsi.rtp.rtp;

import org.jitsi.rtp.Packet;

/** An RTP packet. */
public class RtpPacket extends Packet {

  protected RtpPacket() {}

  public final native int getPayloadType();

  public final native void setPayloadType(int payloadType);

  public final native void setSequenceNumber(int sequenceNumber);

  public final native void setTimestamp(long timestamp);

  public final native long getSsrc();

  public final native void setSsrc(long ssrc);

  public final native int getPayloadOffset();

  public final native int getPayloadLength();

  public final native HeaderExtension getHeaderExtension(int id);

  /** A header extension of this packet. */
  public interface HeaderExtension {
    void setId(int id);
  }
}
