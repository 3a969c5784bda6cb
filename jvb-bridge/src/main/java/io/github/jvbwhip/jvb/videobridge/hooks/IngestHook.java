package io.github.jvbwhip.jvb.videobridge.hooks;

import io.github.jvbwhip.core.rtp.PayloadTypeMap;
import io.github.jvbwhip.core.rtp.SsrcTable;
import io.github.jvbwhip.core.rtp.payload.KeyframeDetector;
import io.github.jvbwhip.jvb.media.DropReason;
import io.github.jvbwhip.jvb.media.EncodingMeter;
import io.github.jvbwhip.jvb.media.IngestNumbers;
import io.github.jvbwhip.jvb.media.PacketTotals;
import java.util.Map;
import org.jitsi.nlj.PacketHandler;
import org.jitsi.nlj.PacketInfo;
import org.jitsi.nlj.rtp.codec.av1.Av1DDPacket;
import org.jitsi.rtp.rtp.RtpPacket;
import org.jitsi.videobridge.util.ByteBufferPool;
import org.jspecify.annotations.Nullable;

/**
 * Between a publisher's receiving pipeline and the conference: the publisher's numbers become the
 * conference's. Runs on the endpoint's receiving thread.
 */
public final class IngestHook implements PacketHandler {
  private final PacketHandler next;
  private final IngestNumbers numbers;
  private final @Nullable KeyframeDetector[] detectors;
  private final BridgeInternals internals;
  private volatile SsrcTable<EncodingMeter> meters = SsrcTable.of(Map.of());
  private volatile long rewritten;
  private volatile long dropped;

  /**
   * @param next the conference
   * @param detectors by the publisher's payload type
   */
  public IngestHook(
      PacketHandler next,
      IngestNumbers numbers,
      @Nullable KeyframeDetector[] detectors,
      BridgeInternals internals) {
    this.next = next;
    this.numbers = numbers;
    this.detectors = detectors;
    this.internals = internals;
  }

  /** What to measure, by SSRC. */
  public void measure(SsrcTable<EncodingMeter> table) {
    meters = table;
  }

  @Override
  @SuppressWarnings("NonAtomicVolatileUpdate") // One thread writes.
  public void processPacket(PacketInfo packetInfo) {
    if (packetInfo.getPacket() instanceof RtpPacket packet) {
      int original = packet.getPayloadType();
      int payloadType = numbers.payloadTypes().map(original);
      if (payloadType == PayloadTypeMap.DROP) {
        dropped++;
        ByteBufferPool.returnBuffer(packet.getBuffer());
        return;
      }
      EncodingMeter meter = meters.get(packet.getSsrc());
      if (meter != null) {
        meter.packet(
            packet.getBuffer(),
            packet.getPayloadOffset(),
            packet.getPayloadLength(),
            detectors[original & 0x7F],
            System.nanoTime());
      }
      packet.setPayloadType(payloadType);
      numbers.extensions().rewrite(packet.getBuffer(), packet.getOffset());
      if (numbers.descriptorId() != numbers.conferenceDescriptorId()
          && packet instanceof Av1DDPacket av1) {
        internals.setDescriptorId(av1, numbers.conferenceDescriptorId());
      }
      rewritten++;
    }
    next.processPacket(packetInfo);
  }

  /** What became of the packets so far. */
  public PacketTotals totals() {
    return new PacketTotals(rewritten, Map.of()).plus(DropReason.PAYLOAD_TYPE, dropped);
  }
}
