package io.github.jvbwhip.jvb.hooks;

import io.github.jvbwhip.core.rtp.SsrcTable;
import java.util.Map;
import org.jitsi.nlj.Transceiver;
import org.jitsi.nlj.rtcp.RtcpListener;
import org.jitsi.rtp.rtcp.RtcpPacket;
import org.jitsi.rtp.rtcp.rtcpfb.payload_specific_fb.RtcpFbPliPacket;

/**
 * Asks for keyframes of all encodings where the bridge asks for one of the first: it needs that of
 * the encoding to which it wants to switch, and counts on publishers that make them all at once, as
 * browsers do. Others make that of the SSRC in the request (RFC 4585 §6.3.1). Thread-safe.
 */
public final class KeyframeFanOut implements RtcpListener {
  private final Transceiver transceiver;
  private volatile SsrcTable<long[]> others = SsrcTable.of(Map.of());

  public KeyframeFanOut(Transceiver transceiver) {
    this.transceiver = transceiver;
  }

  /** The other encodings of a source, by the SSRC of its first one. */
  public void setEncodings(SsrcTable<long[]> table) {
    others = table;
  }

  @Override
  public void rtcpPacketSent(RtcpPacket packet) {
    if (packet instanceof RtcpFbPliPacket pli) {
      long[] rest = others.get(pli.getMediaSourceSsrc());
      if (rest != null) {
        for (long ssrc : rest) {
          transceiver.requestKeyFrame(null, ssrc);
        }
      }
    }
  }
}
