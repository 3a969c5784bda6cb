package io.github.jvbwhip.benchmarks.rtp;

import io.github.jvbwhip.core.rtp.OutgoingNumbers;
import io.github.jvbwhip.core.rtp.PacketRewriter;
import io.github.jvbwhip.core.rtp.PayloadTypeMap;
import io.github.jvbwhip.core.rtp.RtpHeader;
import io.github.jvbwhip.core.rtp.extension.HeaderExtensionRewriter;
import io.github.jvbwhip.core.rtp.payload.KeyframeDetector;
import io.github.jvbwhip.core.rtp.payload.Vp8Descriptor;
import io.github.jvbwhip.core.rtp.payload.Vp8PictureIdMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What one packet costs on its way to one player. The packet is a browser's: 1,200 bytes of VP8
 * with five header extensions. Numbers are mapped pairwise (96 to 97, 97 to 96), so that every call
 * has the same work.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class PacketRewriteBenchmark {
  private static final int OFF = 7;
  private static final int LENGTH = 1200;

  /**
   * Extensions: send time (2), transport sequence number (3), mid (4), rid (10), repaired rid (11).
   */
  private static final String HEADER =
      "90601234 56789abc def01234 bede0004 22abcdef 310102 4030 a071 b072 000000"
          + "90f0 8123 45 05 9077019d012a0005d002";

  private final byte[] packet = new byte[OFF + LENGTH + 50];
  private final byte[] copy = new byte[packet.length];

  private final PayloadTypeMap payloadTypes = PayloadTypeMap.of(Map.of(96, 97, 97, 96));
  private final HeaderExtensionRewriter extensions =
      HeaderExtensionRewriter.of(Map.of(2, 5, 5, 2, 3, 6, 6, 3, 4, 9, 9, 4, 10, 11, 11, 10), true);
  private final PacketRewriter rewriter = new PacketRewriter(payloadTypes, extensions, 0xCAFEBABEL);

  private final OutgoingNumbers numbers = new OutgoingNumbers(1, 1024, new Random(1));
  private final Vp8Descriptor descriptor = new Vp8Descriptor();
  private final Vp8PictureIdMap pictureIds = new Vp8PictureIdMap(1);
  private final KeyframeDetector keyframes = KeyframeDetector.VP8;
  private int number;

  @Setup
  public void fill() {
    byte[] header = HexFormat.of().parseHex(HEADER.replace(" ", ""));
    System.arraycopy(header, 0, packet, OFF, header.length);
    if (!RtpHeader.isValid(packet, OFF, LENGTH)) {
      throw new IllegalStateException("the packet is not valid");
    }
    int payload = RtpHeader.payloadOffset(packet, OFF);
    if (!descriptor.parse(packet, payload, LENGTH - (payload - OFF))) {
      throw new IllegalStateException("the payload is not valid");
    }
    numbers.switchTo(0, 0, 90_000, 0);
    pictureIds.switchTo(descriptor);
  }

  /**
   * The measure of the others: one copy of the packet, which a forwarder makes for every player.
   */
  @Benchmark
  public byte[] copy() {
    System.arraycopy(packet, OFF, copy, OFF, LENGTH);
    return copy;
  }

  /** Payload type, extension ids, SSRC, sequence number and timestamp. */
  @Benchmark
  public boolean rewriteAll() {
    number++;
    return rewriter.rewrite(packet, OFF, number, number * 3000L);
  }

  /** The whole way: check, keyframe, continuous numbers, copy, all rewritten, picture ids. */
  @Benchmark
  public boolean forward() {
    number++;
    if (!RtpHeader.isValid(packet, OFF, LENGTH)) {
      return false;
    }
    int payload = RtpHeader.payloadOffset(packet, OFF);
    int payloadLength = RtpHeader.payloadLength(packet, OFF, LENGTH);
    boolean keyframe = keyframes.isKeyframe(packet, payload, payloadLength);
    int outgoing = numbers.forward(number & 0xFFFF);
    long timestamp = numbers.forwardTimestamp(number * 3000L, 90_000, number);
    System.arraycopy(packet, OFF, copy, OFF, LENGTH);
    return rewriter.rewrite(copy, OFF, outgoing, timestamp)
        & descriptor.parse(copy, payload, payloadLength)
        & pictureIds.forward(descriptor)
        & keyframe;
  }
}
