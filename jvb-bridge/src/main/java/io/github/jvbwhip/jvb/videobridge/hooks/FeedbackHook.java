package io.github.jvbwhip.jvb.videobridge.hooks;

import io.github.jvbwhip.jvb.media.Feed;
import io.github.jvbwhip.jvb.media.SlotRewriter;
import java.util.List;
import org.jitsi.nlj.PacketHandler;
import org.jitsi.nlj.PacketInfo;
import org.jitsi.rtp.Packet;
import org.jitsi.rtp.rtcp.rtcpfb.payload_specific_fb.RtcpFbFirPacket;
import org.jitsi.rtp.rtcp.rtcpfb.payload_specific_fb.RtcpFbPliPacket;
import org.jitsi.videobridge.util.ByteBufferPool;

/**
 * Between a player's receiving pipeline and the conference: its keyframe requests are about the
 * SSRCs that it was told, and become ones about the source behind. Runs on the endpoint's receiving
 * thread.
 */
public final class FeedbackHook implements PacketHandler {
  private static final long UNKNOWN = -1;

  private final PacketHandler next;
  private final SlotRewriter[] slots;

  /**
   * @param next the conference
   */
  public FeedbackHook(PacketHandler next, List<SlotRewriter> slots) {
    this.next = next;
    this.slots = slots.toArray(SlotRewriter[]::new);
  }

  @Override
  public void processPacket(PacketInfo packetInfo) {
    Packet packet = packetInfo.getPacket();
    if (packet instanceof RtcpFbPliPacket pli) {
      long source = source(pli.getMediaSourceSsrc());
      if (source == UNKNOWN) {
        ByteBufferPool.returnBuffer(packet.getBuffer());
        return;
      }
      pli.setMediaSourceSsrc(source);
    } else if (packet instanceof RtcpFbFirPacket fir) {
      long source = source(fir.getMediaSenderSsrc());
      if (source == UNKNOWN) {
        ByteBufferPool.returnBuffer(packet.getBuffer());
        return;
      }
      fir.setMediaSenderSsrc(source);
    }
    next.processPacket(packetInfo);
  }

  private long source(long told) {
    for (SlotRewriter slot : slots) {
      if (slot.ssrc() == told) {
        slot.countKeyframeRequest();
        Feed feed = slot.feedbackTarget();
        return feed == null ? UNKNOWN : feed.ssrc();
      }
    }
    return UNKNOWN;
  }
}
