package org.jitsi.nlj.rtcp;

/** Where to hear of an endpoint's RTCP. */
public final class RtcpEventNotifier {
  private RtcpEventNotifier() {}

  public native void addRtcpEventListener(RtcpListener listener, boolean external);
}
