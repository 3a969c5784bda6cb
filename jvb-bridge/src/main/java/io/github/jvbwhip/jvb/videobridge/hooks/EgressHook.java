package io.github.jvbwhip.jvb.videobridge.hooks;

import io.github.jvbwhip.core.metrics.DropReason;
import io.github.jvbwhip.core.metrics.PacketTotals;
import io.github.jvbwhip.jvb.media.SlotRewriter;
import java.util.List;
import kotlin.jvm.functions.Function1;
import org.jitsi.nlj.PacketInfo;
import org.jitsi.nlj.rtp.AudioRtpPacket;
import org.jitsi.nlj.rtp.ParsedVideoPacket;
import org.jitsi.nlj.rtp.RedAudioRtpPacket;
import org.jitsi.nlj.rtp.VideoRtpPacket;
import org.jitsi.nlj.rtp.codec.av1.Av1DDPacket;
import org.jitsi.rtp.rtcp.RtcpSrPacket;
import org.jitsi.rtp.rtp.RtpPacket;
import org.jspecify.annotations.Nullable;

/**
 * The last stage before a player's retransmission cache: what the bridge projected becomes the
 * streams that the player was told. Runs on the endpoint's sending thread.
 */
public final class EgressHook implements Function1<PacketInfo, @Nullable PacketInfo> {
  private final Function1<PacketInfo, @Nullable PacketInfo> projection;
  private final SlotRewriter[] slots;
  private final SlotRewriter[] audio;
  private final SlotRewriter[] video;

  /** The conference's id of the dependency descriptor. */
  private final int descriptorId;

  private volatile long notShown;

  /**
   * @param projection the bridge's own stage, which runs first
   */
  public EgressHook(
      Function1<PacketInfo, @Nullable PacketInfo> projection, List<SlotRewriter> slots) {
    this.projection = projection;
    this.slots = slots.toArray(SlotRewriter[]::new);
    descriptorId = slots.isEmpty() ? 0 : slots.get(0).conference().descriptorId();
    audio = slots.stream().filter(slot -> !slot.isVideo()).toArray(SlotRewriter[]::new);
    video = slots.stream().filter(SlotRewriter::isVideo).toArray(SlotRewriter[]::new);
  }

  @Override
  public @Nullable PacketInfo invoke(PacketInfo packetInfo) {
    if (packetInfo.getPacket() instanceof KeptPacket kept) {
      return rewrite(kept) ? packetInfo : null;
    }
    PacketInfo projected = projection.invoke(packetInfo);
    if (projected == null) {
      return null;
    }
    if (projected.getPacket() instanceof RtpPacket packet) {
      return rewrite(unpacked(projected, packet)) ? projected : null;
    }
    if (projected.getPacket() instanceof RtcpSrPacket report) {
      return translate(report) ? projected : null;
    }
    return projected;
  }

  private static boolean rewrite(KeptPacket packet) {
    SlotRewriter slot = packet.slot;
    boolean taken =
        slot.rewriteKept(
            packet.getBuffer(),
            packet.getOffset(),
            packet.getLength(),
            packet.feeding,
            packet.first,
            System.nanoTime());
    if (taken) {
      number(packet, slot);
    }
    if (packet.newest) {
      slot.caughtUp(packet.feeding);
    }
    return taken;
  }

  private static void number(RtpPacket packet, SlotRewriter slot) {
    packet.setSsrc(slot.ssrc());
    packet.setPayloadType(slot.payloadType());
    packet.setSequenceNumber(slot.sequenceNumber());
    packet.setTimestamp(slot.timestamp());
  }

  /** The bridge unpacks RED after this, when it is too late to give it the player's numbers. */
  private static RtpPacket unpacked(PacketInfo packetInfo, RtpPacket packet) {
    if (!(packet instanceof RedAudioRtpPacket redundant)) {
      return packet;
    }
    try {
      redundant.removeRed();
    } catch (IllegalArgumentException e) {
      return packet; // Broken: its payload type is none of the player's.
    }
    RtpPacket audio =
        new AudioRtpPacket(redundant.getBuffer(), redundant.getOffset(), redundant.getLength());
    packetInfo.setPacket(audio);
    return audio;
  }

  @SuppressWarnings("NonAtomicVolatileUpdate") // One thread writes.
  private boolean rewrite(RtpPacket packet) {
    long ssrc = packet.getSsrc();
    SlotRewriter[] ofKind = packet instanceof VideoRtpPacket ? video : audio;
    boolean awaited = false;
    // First who is to get it: while m-sections swap their sources, two know the same one.
    for (SlotRewriter slot : ofKind) {
      if (slot.isAimedAt(ssrc)) {
        if (rewrite(packet, slot)) {
          return true;
        }
        awaited = true;
      }
    }
    for (SlotRewriter slot : ofKind) {
      if (slot.goesOnWith(ssrc)) {
        return rewrite(packet, slot);
      }
    }
    notShown += awaited ? 0 : 1;
    return false;
  }

  /** What became of the packets so far. */
  public PacketTotals totals() {
    PacketTotals totals = PacketTotals.NONE.plus(DropReason.NOT_SHOWN, notShown);
    for (SlotRewriter slot : slots) {
      totals = totals.plus(slot.totals());
    }
    return totals;
  }

  private boolean rewrite(RtpPacket packet, SlotRewriter slot) {
    SlotRewriter.Start start = SlotRewriter.Start.LOOK;
    if (packet instanceof ParsedVideoPacket parsed) {
      start =
          parsed.isKeyframe() && parsed.isStartOfFrame()
              ? SlotRewriter.Start.YES
              : SlotRewriter.Start.NO;
    }
    boolean taken =
        slot.rewrite(
            packet.getBuffer(), packet.getOffset(), packet.getLength(), start, System.nanoTime());
    if (!taken) {
      return false;
    }
    number(packet, slot);
    if (packet instanceof VideoRtpPacket video) {
      slot.setEncoding(video.getEncodingId());
    }
    if (packet instanceof Av1DDPacket && slot.descriptorId() != 0) {
      renumberPendingDescriptor(packet, slot.descriptorId());
    }
    return true;
  }

  /** A descriptor that the projection wrote anew is not in the packet's bytes yet. */
  private void renumberPendingDescriptor(RtpPacket packet, int id) {
    if (id != descriptorId && packet.getHeaderExtension(id) == null) {
      RtpPacket.HeaderExtension pending = packet.getHeaderExtension(descriptorId);
      if (pending != null) {
        pending.setId(id);
      }
    }
  }

  private boolean translate(RtcpSrPacket report) {
    for (SlotRewriter slot : slots) {
      if (slot.translate(report.getBuffer(), report.getOffset())) {
        return true;
      }
    }
    return false;
  }
}
