package io.github.jvbwhip.core.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.jvbwhip.core.rtp.extension.AudioLevel;
import io.github.jvbwhip.core.rtp.extension.HeaderExtensionInserter;
import io.github.jvbwhip.core.rtp.extension.HeaderExtensionRewriter;
import io.github.jvbwhip.core.rtp.extension.HeaderExtensions;
import io.github.jvbwhip.core.rtp.extension.SdesText;
import io.github.jvbwhip.core.rtp.extension.TransportSequenceNumber;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Arbitrary bytes as an RTP packet that ends with its array, so that reading too far is an
 * exception.
 */
class RtpFuzzTest {
  private static final int OFF = 7;
  private static final HeaderExtensionRewriter MIRROR = mirror();
  private static final HeaderExtensionRewriter TO_TWO_BYTE =
      HeaderExtensionRewriter.of(Map.of(1, 101, 2, 102, 3, 3, 4, 0), true);

  /** Swaps ids pairwise inside each form's range: applied twice, it changes nothing. */
  private static HeaderExtensionRewriter mirror() {
    Map<Integer, Integer> ids = new HashMap<>();
    for (int id = 1; id <= 255; id++) {
      ids.put(id, id <= 14 ? 15 - id : 270 - id);
    }
    return HeaderExtensionRewriter.of(ids, true);
  }

  @FuzzTest(maxDuration = "30s")
  void packets_keep_their_properties(byte[] packet) {
    check(packet);
  }

  /** The same over mutations of packets with every feature, in every build. */
  @Test
  void mutated_packets_keep_their_properties() {
    Random random = new Random(1);
    String[] seeds = {
      "b2e0 1234 56789abc def01234 00000001 00000002 bede0003 10ff 227788 99 30aa 0000 00 aabb 0002",
      "90e0 1234 56789abc def01234 10000003 0101ff 020277 88 0300 c801 0000 aabbcc",
      "8060 1234 56789abc def01234 1234",
    };
    for (int i = 0; i < 30_000; i++) {
      PacketBuffer seed = PacketBuffer.of(0, seeds[i % seeds.length]);
      byte[] packet = Arrays.copyOf(seed.bytes, seed.len - random.nextInt(4) / 3);
      for (int k = random.nextInt(4); k >= 0; k--) {
        packet[random.nextInt(packet.length)] = (byte) random.nextInt();
      }
      check(packet);
    }
  }

  private static void check(byte[] packet) {
    int len = packet.length;
    byte[] b = new byte[OFF + len];
    System.arraycopy(packet, 0, b, OFF, len);
    PacketKind.of(b, OFF, len);
    if (RtpHeader.hasValidHeader(b, OFF, len)) {
      readExtensions(b);
    }
    if (!RtpHeader.isValid(b, OFF, len)) {
      return;
    }
    assertThat(RtpHeader.payloadLength(b, OFF, len)).isBetween(0, len - RtpHeader.FIXED_LENGTH);
    assertThat(PacketKind.of(b, OFF, len)).isIn(PacketKind.RTP, PacketKind.RTCP);
    checkMirror(b);
    checkConversion(b, len);
    checkInsertion(b, len);
    checkRetransmission(b, len);
  }

  private static void readExtensions(byte[] b) {
    long element = HeaderExtensions.first(b, OFF);
    while (element != HeaderExtensions.NONE) {
      assertThat(HeaderExtensions.offset(element) + HeaderExtensions.length(element))
          .isLessThanOrEqualTo(RtpHeader.payloadOffset(b, OFF));
      AudioLevel.level(b, element);
      TransportSequenceNumber.read(b, element);
      SdesText.read(b, element);
      long next = HeaderExtensions.next(b, OFF, element);
      assertThat(next == HeaderExtensions.NONE || next > element).isTrue();
      element = next;
    }
  }

  private static void checkMirror(byte[] b) {
    byte[] twice = b.clone();
    MIRROR.rewrite(twice, OFF);
    MIRROR.rewrite(twice, OFF);
    assertThat(twice).isEqualTo(b);
  }

  private static void checkConversion(byte[] b, int len) {
    byte[] converted = b.clone();
    TO_TWO_BYTE.rewrite(converted, OFF);
    assertThat(RtpHeader.isValid(converted, OFF, len)).isTrue();
    int payload = RtpHeader.payloadOffset(b, OFF);
    assertThat(RtpHeader.payloadOffset(converted, OFF)).isEqualTo(payload);
    assertThat(Arrays.equals(converted, payload, b.length, b, payload, b.length)).isTrue();
    long element = HeaderExtensions.first(converted, OFF);
    while (element != HeaderExtensions.NONE) {
      assertThat(HeaderExtensions.id(element)).isIn(101, 102, 3);
      element = HeaderExtensions.next(converted, OFF, element);
    }
  }

  private static void checkInsertion(byte[] b, int len) {
    byte[] dst = new byte[len + 700];
    for (int id : new int[] {5, 200}) {
      int length = HeaderExtensionInserter.insert(b, OFF, len, dst, 0, id, 2);
      if (length == HeaderExtensionInserter.IMPOSSIBLE) {
        continue;
      }
      assertThat(RtpHeader.isValid(dst, 0, length)).isTrue();
      assertThat(RtpHeader.payloadLength(dst, 0, length))
          .isEqualTo(RtpHeader.payloadLength(b, OFF, len));
      assertThat(HeaderExtensions.find(dst, 0, id)).isNotEqualTo(HeaderExtensions.NONE);
      long inserted = HeaderExtensions.first(dst, 0);
      long element = HeaderExtensions.first(b, OFF);
      while (element != HeaderExtensions.NONE) {
        assertThat(HeaderExtensions.id(inserted)).isEqualTo(HeaderExtensions.id(element));
        assertThat(bytes(dst, inserted)).isEqualTo(bytes(b, element));
        inserted = HeaderExtensions.next(dst, 0, inserted);
        element = HeaderExtensions.next(b, OFF, element);
      }
      assertThat(HeaderExtensions.next(dst, 0, inserted)).isEqualTo(HeaderExtensions.NONE);
    }
  }

  private static byte[] bytes(byte[] b, long element) {
    int from = HeaderExtensions.offset(element);
    return Arrays.copyOfRange(b, from, from + HeaderExtensions.length(element));
  }

  private static void checkRetransmission(byte[] b, int len) {
    byte[] rtx = new byte[len + Rtx.OVERHEAD];
    int length = Rtx.encapsulate(b, OFF, len, rtx, 0, 97, 5, 6);
    assertThat(RtpHeader.isValid(rtx, 0, length)).isTrue();
    byte[] back = b.clone();
    Arrays.fill(back, OFF, back.length, (byte) 0);
    int payloadType = RtpHeader.payloadType(b, OFF);
    Rtx.decapsulate(rtx, 0, length, back, OFF, payloadType, RtpHeader.ssrc(b, OFF));
    assertThat(back).isEqualTo(b);
  }
}
