package org.jitsi.rtp.rtcp.rtcpfb;

import org.jitsi.rtp.rtcp.RtcpPacket;

/** A feedback message. */
public abstract class RtcpFbPacket extends RtcpPacket {

  protected RtcpFbPacket() {}

  public final native long getMediaSourceSsrc();

  public final native void setMediaSourceSsrc(long ssrc);
}
