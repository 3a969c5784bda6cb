package io.github.jvbwhip.dropin.hooks;

import io.github.jvbwhip.jvb.media.IngestNumbers;
import io.github.jvbwhip.jvb.media.KeptPictures;
import io.github.jvbwhip.jvb.videobridge.hooks.BridgeInternals;
import io.github.jvbwhip.jvb.videobridge.hooks.IngestHook;
import io.github.jvbwhip.jvb.videobridge.hooks.PictureKeeper;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jitsi.nlj.PacketHandler;
import org.jitsi.rtp.rtp.RtpPacket;

/** A keyframe of AV1 that comes with a descriptor and without its sequence header. */
public final class CompletedKeyframe {
  private static final String PAYLOAD = "aabbcc";
  private static final int SHOWN = 20;

  private CompletedKeyframe() {}

  /** What becomes of two keyframes, only the first of which has the header: length and payload. */
  public static List<String> payloads() throws ReflectiveOperationException {
    List<String> payloads = new ArrayList<>();
    PacketHandler conference =
        info -> {
          RtpPacket packet = (RtpPacket) info.getPacket();
          int at = packet.getPayloadOffset();
          String start = HexFormat.of().formatHex(packet.getBuffer(), at, at + SHOWN);
          payloads.add(packet.getPayloadLength() + " " + start);
        };
    IngestHook hook =
        new IngestHook(
            conference,
            IngestNumbers.of(List.of(HookAllocation.VIDEO_IN), HookAllocation.CONFERENCE),
            IngestNumbers.detectors(List.of(HookAllocation.VIDEO_IN)),
            IngestNumbers.codecs(List.of(HookAllocation.VIDEO_IN)),
            new BridgeInternals(),
            new PictureKeeper("publisher", new KeptPictures(HookAllocation.KEPT)));
    String first = HookAllocation.AV1.replace(PAYLOAD, "280b0800000002afff9f7f20083014002200");
    String second = HookAllocation.AV1.replace(PAYLOAD, "10301400220000");
    hook.processPacket(BridgePackets.info(BridgePackets.described(first, 12)));
    hook.processPacket(
        BridgePackets.info(
            BridgePackets.described(second.replace("0001 00000001", "0002 00000bb9"), 12)));
    return payloads;
  }
}
