package io.github.jvbwhip.jvb.videobridge.hooks;

import io.github.jvbwhip.core.bridge.Codec;
import io.github.jvbwhip.core.metrics.DropReason;
import io.github.jvbwhip.core.metrics.PacketTotals;
import io.github.jvbwhip.core.rtp.InsertedNumbers;
import io.github.jvbwhip.core.rtp.PayloadTypeMap;
import io.github.jvbwhip.core.rtp.SsrcTable;
import io.github.jvbwhip.core.rtp.payload.KeyframeDetector;
import io.github.jvbwhip.core.rtp.payload.Red;
import io.github.jvbwhip.jvb.media.EncodingMeter;
import io.github.jvbwhip.jvb.media.IncomingStream;
import io.github.jvbwhip.jvb.media.IncomingStreams;
import io.github.jvbwhip.jvb.media.IngestNumbers;
import java.util.Map;
import org.jitsi.nlj.PacketHandler;
import org.jitsi.nlj.PacketInfo;
import org.jitsi.nlj.rtp.ParsedVideoPacket;
import org.jitsi.nlj.rtp.VideoRtpPacket;
import org.jitsi.nlj.rtp.codec.av1.Av1DDPacket;
import org.jitsi.rtp.rtp.RtpPacket;
import org.jitsi.videobridge.util.ByteBufferPool;
import org.jspecify.annotations.Nullable;

/**
 * Between a publisher's receiving pipeline and the conference: the publisher's numbers become the
 * conference's, and keyframes are completed. Runs on the endpoint's receiving thread.
 */
public final class IngestHook implements PacketHandler {
  /** What the bridge leaves around packets for header extensions and for SRTP. */
  private static final int ROOM_BEFORE = 10;

  private static final int ROOM_AFTER = 20;

  private final PacketHandler next;
  private final IngestNumbers numbers;
  private final @Nullable KeyframeDetector[] detectors;
  private final @Nullable Codec[] codecs;
  private final BridgeInternals internals;
  private final PictureKeeper keeper;
  private volatile SsrcTable<EncodingMeter> meters = SsrcTable.of(Map.of());
  private final IncomingStreams streams = new IncomingStreams();
  private volatile long rewritten;
  private volatile long dropped;
  private volatile long late;

  /**
   * @param next the conference
   * @param detectors by the publisher's payload type
   * @param codecs likewise
   */
  public IngestHook(
      PacketHandler next,
      IngestNumbers numbers,
      @Nullable KeyframeDetector[] detectors,
      @Nullable Codec[] codecs,
      BridgeInternals internals,
      PictureKeeper keeper) {
    this.keeper = keeper;
    this.next = next;
    this.numbers = numbers;
    this.detectors = detectors;
    this.codecs = codecs;
    this.internals = internals;
  }

  /** Keeps nothing more for those who join: the publisher has gone. */
  public void keepNothing() {
    keeper.close();
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
      if (payloadType == PayloadTypeMap.DROP
          || original == numbers.redundant() && !isMapped(packet)) {
        dropped++;
        ByteBufferPool.returnBuffer(packet.getBuffer());
        return;
      }
      packet.setPayloadType(payloadType);
      numbers.extensions().rewrite(packet.getBuffer(), packet.getOffset());
      if (numbers.descriptorId() != numbers.conferenceDescriptorId()
          && packet instanceof Av1DDPacket av1) {
        internals.setDescriptorId(av1, numbers.conferenceDescriptorId());
      }
      if (packet instanceof VideoRtpPacket video
          && isCompleted(video)
          && !complete(packetInfo, video, original)) {
        late++;
        ByteBufferPool.returnBuffer(packet.getBuffer());
        return;
      }
      measure(packet, original);
      rewritten++;
    }
    next.processPacket(packetInfo);
  }

  /** Maps what is inside of RED. */
  private boolean isMapped(RtpPacket packet) {
    return Red.rewrite(
        packet.getBuffer(),
        packet.getPayloadOffset(),
        packet.getPayloadLength(),
        numbers.payloadTypes());
  }

  /** What the bridge parses needs nothing, but for AV1, which it parses by the descriptor alone. */
  private static boolean isCompleted(VideoRtpPacket packet) {
    return !(packet instanceof ParsedVideoPacket) || packet instanceof Av1DDPacket;
  }

  private void measure(RtpPacket packet, int payloadType) {
    EncodingMeter meter = meters.get(packet.getSsrc());
    if (meter != null) {
      long now = System.nanoTime();
      KeyframeDetector detector = detectors[payloadType & 0x7F];
      Codec codec = codecs[payloadType & 0x7F];
      meter.sends(codec);
      boolean keyframe =
          meter.packet(
              packet.getBuffer(),
              packet.getOffset(),
              packet.getPayloadOffset(),
              packet.getPayloadLength(),
              detector,
              now);
      if (detector != null && meter.isSmallest() && packet instanceof VideoRtpPacket video) {
        keeper.keep(video, keyframe, codec, meters, now);
      }
    }
  }

  /**
   * Lets parameter sets go first where a keyframe comes without them, and puts a sequence header
   * into it.
   *
   * @return false when the packet comes too late to have a number
   */
  private boolean complete(PacketInfo packetInfo, VideoRtpPacket packet, int payloadType) {
    IncomingStream stream = streams.of(packet.getSsrc(), meters);
    byte[] b = packet.getBuffer();
    int off = packet.getOffset();
    if (stream.received(b, off, packet.getLength(), codecs[payloadType & 0x7F])) {
      int length = stream.lengthBefore(b, off);
      byte[] sets = ByteBufferPool.getBuffer(ROOM_BEFORE + length + ROOM_AFTER);
      stream.writeBefore(b, off, sets, ROOM_BEFORE);
      PacketInfo before = packetInfo.clone();
      ByteBufferPool.returnBuffer(before.getPacket().getBuffer());
      RtpPacket first = new VideoRtpPacket(sets, ROOM_BEFORE, length, packet.getEncodingId());
      measure(first, payloadType);
      before.setPacket(first);
      next.processPacket(before);
    }
    if (stream.number() == InsertedNumbers.NONE) {
      return false;
    }
    if (stream.lacksSequenceHeader(b, off, packet.getLength())) {
      packet.grow(stream.growth());
      packet.setLength(stream.insert(packet.getBuffer(), packet.getOffset(), packet.getLength()));
    }
    packet.setSequenceNumber(stream.number());
    return true;
  }

  /** What became of the packets so far. */
  public PacketTotals totals() {
    return new PacketTotals(rewritten, Map.of())
        .plus(DropReason.PAYLOAD_TYPE, dropped)
        .plus(DropReason.LATE, late);
  }
}
