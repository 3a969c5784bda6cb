package org.jitsi.nlj.rtp;

/** A packet of redundant audio (RFC 2198). */
public class RedAudioRtpPacket extends AudioRtpPacket {

  RedAudioRtpPacket() {}

  public final native void removeRed();
}
