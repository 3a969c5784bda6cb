package io.github.jvbwhip.jvb.videobridge.hooks;

import java.util.function.LongConsumer;
import org.jitsi.nlj.rtcp.RtcpListener;
import org.jitsi.rtp.rtcp.RtcpPacket;
import org.jitsi.rtp.rtcp.rtcpfb.payload_specific_fb.RtcpFbPliPacket;

/** Hears which keyframes the bridge asks a publisher for. Runs on the bridge's threads. */
public final class KeyframeListener implements RtcpListener {
  private final LongConsumer asked;

  /**
   * @param asked gets the SSRC; must not block
   */
  public KeyframeListener(LongConsumer asked) {
    this.asked = asked;
  }

  @Override
  public void rtcpPacketSent(RtcpPacket packet) {
    if (packet instanceof RtcpFbPliPacket pli) {
      asked.accept(pli.getMediaSourceSsrc());
    }
  }
}
