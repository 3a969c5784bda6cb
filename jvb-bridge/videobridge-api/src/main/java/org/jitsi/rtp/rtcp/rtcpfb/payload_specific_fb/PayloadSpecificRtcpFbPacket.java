package org.jitsi.rtp.rtcp.rtcpfb.payload_specific_fb;

import org.jitsi.rtp.rtcp.rtcpfb.RtcpFbPacket;

/** A payload-specific feedback message. */
public abstract class PayloadSpecificRtcpFbPacket extends RtcpFbPacket {

  PayloadSpecificRtcpFbPacket() {}
}
