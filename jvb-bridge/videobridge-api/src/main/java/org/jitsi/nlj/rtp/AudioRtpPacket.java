package org.jitsi.nlj.rtp;

import org.jitsi.rtp.rtp.RtpPacket;

/** An audio packet. */
public class AudioRtpPacket extends RtpPacket {

  AudioRtpPacket() {}

  public AudioRtpPacket(byte[] buffer, int offset, int length) {}
}
