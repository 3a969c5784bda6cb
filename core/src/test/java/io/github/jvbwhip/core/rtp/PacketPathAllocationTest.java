package io.github.jvbwhip.core.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.github.jvbwhip.core.rtp.extension.HeaderExtensionInserter;
import io.github.jvbwhip.core.rtp.extension.HeaderExtensionRewriter;
import io.github.jvbwhip.core.rtp.extension.HeaderExtensions;
import io.github.jvbwhip.core.rtp.extension.TransportSequenceNumber;
import io.github.jvbwhip.core.rtp.payload.KeyframeDetector;
import io.github.jvbwhip.core.rtp.payload.Vp8Descriptor;
import io.github.jvbwhip.core.rtp.payload.Vp8PictureIdMap;
import io.github.jvbwhip.core.rtp.rtcp.Nack;
import io.github.jvbwhip.core.rtp.rtcp.ReceptionStats;
import io.github.jvbwhip.core.rtp.rtcp.Rtcp;
import io.github.jvbwhip.core.rtp.rtcp.TransportCcRecorder;
import java.lang.management.ManagementFactory;
import java.util.Map;
import java.util.Random;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.Test;

/** Nothing that runs per packet allocates. */
class PacketPathAllocationTest {
  private static final int PACKETS = 20_000;

  /** Class loading and the like, once; one object per packet would be 320,000 bytes or more. */
  private static final long TOLERANCE = 100_000;

  private final PacketBuffer packet =
      PacketBuffer.rtp(7, "bede", "22abcdef 310102 4030 a071 b072 000000");
  private final byte[] copy = new byte[1500];
  private final byte[] out = new byte[1500];
  private final int[] missing = new int[32];
  private final PacketRewriter rewriter =
      new PacketRewriter(
          PayloadTypeMap.of(Map.of(96, 97)),
          HeaderExtensionRewriter.of(Map.of(2, 102, 3, 3, 4, 0), true),
          5);
  private final OutgoingNumbers numbers = new OutgoingNumbers(1, 256, new Random(1));
  private final PacketCache cache = new PacketCache(100_000, 256, 1_000_000_000L);
  private final ArrivalTracker arrivals = new ArrivalTracker();
  private final LossDetector losses = new LossDetector(64, 3, 0);
  private final ReceptionStats stats = new ReceptionStats(1);
  private final TransportCcRecorder recorder = new TransportCcRecorder();
  private final KeyframeDetector keyframes = KeyframeDetector.H264;
  private final Vp8Descriptor descriptor = new Vp8Descriptor();
  private final Vp8PictureIdMap pictureIds = new Vp8PictureIdMap(1);
  private final SsrcTable<PacketRewriter> table = SsrcTable.of(Map.of(0xdef01234L, rewriter));
  private int asked;
  private final IntConsumer ask = number -> asked++;

  @Test
  void packets_are_forwarded_without_allocation() {
    numbers.switchTo(0, 0, 90_000, 0);
    for (int i = 0; i < 1000; i++) {
      forward(i);
    }
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long thread = Thread.currentThread().getId();
    long before = threads.getThreadAllocatedBytes(thread);
    for (int i = 1000; i < 1000 + PACKETS; i++) {
      forward(i);
    }
    long allocated = threads.getThreadAllocatedBytes(thread) - before;
    assertThat(allocated).isLessThan(TOLERANCE);
    assertThat(asked).as("packets asked for again").isGreaterThan(PACKETS / 20);
  }

  private void forward(int i) {
    int number = i & 0xFFFF;
    byte[] b = packet.bytes;
    int off = packet.off;
    RtpHeader.setSequenceNumber(b, off, number);
    if (PacketKind.of(b, off, packet.len) != PacketKind.RTP
        || !RtpHeader.isValid(b, off, packet.len)
        || i % 10 == 3) {
      return;
    }
    arrivals.received(number, false);
    stats.received(arrivals.number(), i * 3000L, 90_000, i);
    losses.received(arrivals.number(), i);
    recorder.received(TransportSequenceNumber.read(b, HeaderExtensions.find(b, off, 3)), i);
    int payload = RtpHeader.payloadOffset(b, off);
    int payloadLength = RtpHeader.payloadLength(b, off, packet.len);
    keyframes.isKeyframe(b, payload, payloadLength);

    int outgoing = numbers.forward(number);
    PacketRewriter found = table.get(RtpHeader.ssrc(b, off));
    int length = HeaderExtensionInserter.insert(b, off, packet.len, copy, 0, 9, 2);
    if (found != null) {
      found.rewrite(copy, 0, outgoing, numbers.forwardTimestamp(i * 3000L, 90_000, i));
    }
    cache.put(outgoing, copy, 0, length, i);
    cache.get(outgoing, i, 0, out, 0);
    Rtx.encapsulate(copy, 0, length, out, 0, 98, 6, number);
    if (descriptor.parse(copy, RtpHeader.payloadOffset(copy, 0), payloadLength)) {
      pictureIds.forward(descriptor);
    }
    answer(i);
  }

  private void answer(int now) {
    int count = losses.due(now, 1, missing);
    if (count > 0) {
      int length = Nack.write(out, 0, 1, 2, missing, count);
      if (Rtcp.isValid(out, 0, length) && Nack.is(out, 0)) {
        Nack.forEachLost(out, 0, ask);
      }
    }
    if (now % 50 == 0) {
      stats.writeBlock(out, 0, now);
      recorder.write(out, 0, 1200, 1, 2);
    }
  }
}
