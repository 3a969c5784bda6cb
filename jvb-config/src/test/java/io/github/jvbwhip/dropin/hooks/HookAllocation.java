package io.github.jvbwhip.dropin.hooks;

import com.sun.management.ThreadMXBean;
import io.github.jvbwhip.core.bridge.Codec;
import io.github.jvbwhip.core.bridge.EgressMedia;
import io.github.jvbwhip.core.bridge.HeaderExtensionType;
import io.github.jvbwhip.core.bridge.IngestMedia;
import io.github.jvbwhip.core.bridge.MediaKind;
import io.github.jvbwhip.core.bridge.NegotiatedCodec;
import io.github.jvbwhip.core.bridge.NegotiatedExtension;
import io.github.jvbwhip.core.bridge.PlannedEncoding;
import io.github.jvbwhip.core.picture.FirstPicture;
import io.github.jvbwhip.core.rtp.RtpHeader;
import io.github.jvbwhip.core.rtp.SsrcTable;
import io.github.jvbwhip.jvb.media.ConferenceNumbers;
import io.github.jvbwhip.jvb.media.EncodingMeter;
import io.github.jvbwhip.jvb.media.Feed;
import io.github.jvbwhip.jvb.media.IngestNumbers;
import io.github.jvbwhip.jvb.media.KeptPictures;
import io.github.jvbwhip.jvb.media.SlotRewriter;
import io.github.jvbwhip.jvb.media.SsrcLearner;
import io.github.jvbwhip.jvb.media.SsrcTranslation;
import io.github.jvbwhip.jvb.videobridge.hooks.BridgeInternals;
import io.github.jvbwhip.jvb.videobridge.hooks.EgressHook;
import io.github.jvbwhip.jvb.videobridge.hooks.FeedbackHook;
import io.github.jvbwhip.jvb.videobridge.hooks.IceTap;
import io.github.jvbwhip.jvb.videobridge.hooks.IngestHook;
import io.github.jvbwhip.jvb.videobridge.hooks.PictureKeeper;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.function.IntConsumer;
import org.ice4j.util.Buffer;
import org.jitsi.nlj.PacketInfo;
import org.jitsi.rtp.Packet;
import org.jitsi.rtp.rtp.RtpPacket;

/** Counts what each hook allocates, with the bridge's own packets. */
public final class HookAllocation {
  private static final int PACKETS = 20_000;
  private static final int MAIN_SSRC = 0x11223344;
  private static final long AUDIO = 0x11223355L;
  private static final long TOLD = 0x55667788L;
  private static final long TOLD_AUDIO = 0x55667799L;

  /** Extensions: send time (2), transport sequence number (3), mid (4). */
  private static final String VP8 =
      "9060 0001 00000001 11223344 bede 0003 22abcdef 310102 4030 000000" + "90f0 8123 05 20 01";

  static final String VP8_KEYFRAME = VP8.replaceAll("01$", "00");

  /** Extension: audio level (1). */
  private static final String OPUS = "906f 0001 00000001 11223355 bede 0001 10 8a 0000 aabbcc";

  /**
   * Extension: dependency descriptor (12), the first packet of a keyframe, with a structure of one
   * template and one decode target.
   */
  static final String AV1 = "9062 0001 00000001 11223344 bede 0002 c5 c00001 8000e0 00 aabbcc";

  /** Little, so that all of its memory is taken before anything is measured. */
  static final FirstPicture KEPT = new FirstPicture(true, 60_000, Duration.ofSeconds(60), 1 << 18);

  private static final Codec CODEC_VP8 = new Codec(MediaKind.VIDEO, "VP8", 90000, 1, Map.of());
  private static final Codec CODEC_AV1 = new Codec(MediaKind.VIDEO, "AV1", 90000, 1, Map.of());
  private static final Codec CODEC_OPUS = new Codec(MediaKind.AUDIO, "opus", 48000, 2, Map.of());

  static final IngestMedia VIDEO_IN =
      new IngestMedia(
          "v",
          MediaKind.VIDEO,
          List.of(codec(96, CODEC_VP8), codec(98, CODEC_AV1)),
          List.of(
              new NegotiatedExtension(2, HeaderExtensionType.ABS_SEND_TIME),
              new NegotiatedExtension(3, HeaderExtensionType.TRANSPORT_CC),
              new NegotiatedExtension(4, HeaderExtensionType.MID),
              new NegotiatedExtension(12, HeaderExtensionType.DEPENDENCY_DESCRIPTOR)),
          List.of(
              new PlannedEncoding(
                  Optional.empty(), OptionalLong.of(MAIN_SSRC), OptionalLong.empty())));

  private static final EgressMedia VIDEO_OUT =
      new EgressMedia(
          "v",
          MediaKind.VIDEO,
          List.of(codec(120, CODEC_VP8), codec(122, CODEC_AV1)),
          List.of(
              new NegotiatedExtension(5, HeaderExtensionType.TRANSPORT_CC),
              new NegotiatedExtension(7, HeaderExtensionType.DEPENDENCY_DESCRIPTOR)));

  private static final EgressMedia AUDIO_OUT =
      new EgressMedia(
          "a",
          MediaKind.AUDIO,
          List.of(codec(109, CODEC_OPUS)),
          List.of(new NegotiatedExtension(3, HeaderExtensionType.AUDIO_LEVEL)));

  static final ConferenceNumbers CONFERENCE = ConferenceNumbers.usual();

  private final Map<String, Double> results = new LinkedHashMap<>();
  private final List<SlotRewriter> slots =
      List.of(slot(AUDIO_OUT, TOLD_AUDIO), slot(VIDEO_OUT, TOLD));
  private int passed;

  private HookAllocation() {}

  /** The bytes that each hook allocates for a packet, by the kinds of both. */
  public static Map<String, Double> bytesPerPacket() throws ReflectiveOperationException {
    HookAllocation run = new HookAllocation();
    run.ingest();
    run.egress();
    run.feedback();
    run.tap();
    return run.results;
  }

  private static NegotiatedCodec codec(int payloadType, Codec codec) {
    return new NegotiatedCodec(payloadType, codec, OptionalInt.empty(), Set.of());
  }

  private static SlotRewriter slot(EgressMedia media, long ssrc) {
    SlotRewriter slot = new SlotRewriter(media, CONFERENCE, ssrc, new Random(1));
    boolean video = media.kind() == MediaKind.VIDEO;
    slot.setTarget(
        Feed.of(
                "publisher",
                "publisher-0",
                video ? MAIN_SSRC : AUDIO,
                video ? List.of(CODEC_VP8, CODEC_AV1) : List.of(CODEC_OPUS),
                CONFERENCE,
                media)
            .orElseThrow());
    return slot;
  }

  private void ingest() throws ReflectiveOperationException {
    IngestHook hook =
        new IngestHook(
            packet -> passed++,
            IngestNumbers.of(List.of(VIDEO_IN), CONFERENCE),
            IngestNumbers.detectors(List.of(VIDEO_IN)),
            IngestNumbers.codecs(List.of(VIDEO_IN)),
            new BridgeInternals(),
            new PictureKeeper("publisher", new KeptPictures(KEPT)));
    long ssrc = MAIN_SSRC;
    hook.measure(SsrcTable.of(Map.of(ssrc, new EncodingMeter(0, true, 0))));
    RtpPacket vp8 = BridgePackets.rtp("org.jitsi.nlj.rtp.codec.vp8.Vp8Packet", VP8);
    PacketInfo vp8Info = BridgePackets.info(vp8);
    measure(
        "ingest, VP8",
        i -> {
          vp8.setPayloadType(96);
          hook.processPacket(vp8Info);
        });
    RtpPacket av1 = BridgePackets.described(AV1, 12);
    PacketInfo av1Info = BridgePackets.info(av1);
    measure(
        "ingest, AV1",
        i -> {
          av1.setPayloadType(98);
          hook.processPacket(av1Info);
        });
  }

  private void egress() throws ReflectiveOperationException {
    EgressHook hook = new EgressHook(packet -> packet, slots);
    RtpPacket keyframe = BridgePackets.rtp("org.jitsi.nlj.rtp.codec.vp8.Vp8Packet", VP8_KEYFRAME);
    send(hook, BridgePackets.info(keyframe), keyframe, MAIN_SSRC, 100, 0);
    measureEgress(
        "egress, VP8", hook, BridgePackets.rtp("org.jitsi.nlj.rtp.codec.vp8.Vp8Packet", VP8), 100);
    measureEgress(
        "egress, opus", hook, BridgePackets.rtp("org.jitsi.nlj.rtp.AudioRtpPacket", OPUS), 111);
    RtpPacket av1 = BridgePackets.described(AV1.replace("c5", "b5"), 11);
    measureEgress("egress, AV1", hook, av1, 41);
    RtpPacket rewritten = BridgePackets.described(AV1.replace("c5", "b5"), 11);
    BridgePackets.addPending(rewritten, CONFERENCE.descriptorId());
    measureEgress("egress, AV1 with a new descriptor", hook, rewritten, 41);

    String report = "80c8 0006 11223344 0000000100000002 00000003 00000004 00000005";
    Packet senderReport = BridgePackets.rtcp("RtcpSrPacket", report);
    PacketInfo info = BridgePackets.info(senderReport);
    byte[] original = BridgePackets.buffer(report);
    measure(
        "egress, sender report",
        i -> {
          System.arraycopy(original, 0, senderReport.getBuffer(), 0, original.length);
          passed += hook.invoke(info) != null ? 1 : 0;
        });
  }

  private void measureEgress(String what, EgressHook hook, RtpPacket packet, int payloadType)
      throws ReflectiveOperationException {
    PacketInfo info = BridgePackets.info(packet);
    long ssrc = packet.getSsrc();
    measure(what, i -> send(hook, info, packet, ssrc, payloadType, i + 1));
  }

  /** Gives the packet the bridge's numbers again, and sends it. */
  private void send(
      EgressHook hook, PacketInfo info, RtpPacket packet, long ssrc, int payloadType, int number) {
    packet.setSsrc(ssrc);
    packet.setPayloadType(payloadType);
    packet.setSequenceNumber(number & 0xFFFF);
    packet.setTimestamp(number * 30L);
    passed += hook.invoke(info) != null ? 1 : 0;
  }

  private void feedback() throws ReflectiveOperationException {
    FeedbackHook hook = new FeedbackHook(packet -> passed++, slots);
    String name = "rtcpfb.payload_specific_fb.";
    String pli = "81ce 0002 00000001 55667788";
    Packet lost = BridgePackets.rtcp(name + "RtcpFbPliPacket", pli);
    PacketInfo info = BridgePackets.info(lost);
    byte[] original = BridgePackets.buffer(pli);
    measure(
        "feedback, PLI",
        i -> {
          System.arraycopy(original, 0, lost.getBuffer(), 0, original.length);
          hook.processPacket(info);
        });
    PacketInfo other =
        BridgePackets.info(
            BridgePackets.rtcp(
                "RtcpSrPacket", "80c8 0006 11223344 0000000100000002 00000003 00000004 00000005"));
    measure("feedback, other RTCP", i -> hook.processPacket(other));
  }

  private void tap() {
    SsrcTranslation ssrcs = SsrcTranslation.random(new Random(1));
    SsrcLearner learner = new SsrcLearner(List.of(VIDEO_IN), ssrcs);
    learner.accept(learner.encodings());
    IceTap tap = new IceTap(buffer -> passed++, learner, ssrcs, () -> true, () -> {}, () -> {});
    Buffer buffer = new Buffer(BridgePackets.buffer(VP8), BridgePackets.OFFSET, 1200);
    measure(
        "tap, RTP",
        i -> {
          RtpHeader.setSsrc(buffer.getBuffer(), buffer.getOffset(), MAIN_SSRC);
          tap.dataReceived(buffer);
        });
  }

  private void measure(String what, IntConsumer packet) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long thread = Thread.currentThread().getId();
    for (int i = 0; i < PACKETS; i++) {
      packet.accept(i);
    }
    int before = passed;
    long bytes = threads.getThreadAllocatedBytes(thread);
    for (int i = PACKETS; i < 2 * PACKETS; i++) {
      packet.accept(i);
    }
    bytes = threads.getThreadAllocatedBytes(thread) - bytes;
    if (passed - before != PACKETS) {
      throw new IllegalStateException(what + ": not all packets went through");
    }
    results.put(what, (double) bytes / PACKETS);
  }
}
