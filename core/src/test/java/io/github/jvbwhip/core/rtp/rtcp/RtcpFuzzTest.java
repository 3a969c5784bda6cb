package io.github.jvbwhip.core.rtp.rtcp;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Arbitrary bytes as RTCP that ends with its array, so that reading too far is an exception. */
class RtcpFuzzTest {
  private static final int OFF = 7;

  @FuzzTest(maxDuration = "30s")
  void compounds_are_read(byte[] compound) {
    check(compound);
  }

  /** The same over mutations of every kind of packet, in every build. */
  @Test
  void mutated_compounds_are_read() {
    Random random = new Random(1);
    String[] seeds = {
      "81c8000c000000018899aabbccddeefffffffffe00000003ffffffff"
          + "cafebabe40fffffe0001ffff000000101234567800010000",
      "81c90007000000012222222200000000000000000000000000000000000000000",
      "82ca0007000000010602aabb01036f6e65000000" + "0000000201037477" + "6f000000",
      "81cb0001fffffffe",
      "81cd000300000001000000020001ffff",
      "84ce000400000001000000000000000205000000",
      "8fce00060000000100000000" + "52454d4202fc00010000000200000003",
      "8fcd00060000000100000002fffe000300000107e40020020400ffff",
    };
    for (int i = 0; i < 60_000; i++) {
      String seed = seeds[i % seeds.length];
      byte[] compound = HexFormat.of().parseHex(seed.substring(0, seed.length() / 8 * 8));
      for (int k = random.nextInt(4); k > 0; k--) {
        compound[random.nextInt(compound.length)] = (byte) random.nextInt();
      }
      check(compound);
    }
  }

  private static void check(byte[] compound) {
    int len = compound.length;
    byte[] b = new byte[OFF + len];
    System.arraycopy(compound, 0, b, OFF, len);
    if (!Rtcp.isValid(b, OFF, len)) {
      return;
    }
    int at = OFF;
    while (at < OFF + len) {
      read(b, at);
      at = Rtcp.next(b, at);
    }
    assertThat(at).isEqualTo(OFF + len);
    assertThat(Arrays.copyOfRange(b, OFF, b.length)).isEqualTo(compound);
    RtcpSsrcs.renameSenders(b, OFF, len, ssrc -> ssrc);
    RtcpSsrcs.renameSubjects(b, OFF, len, ssrc -> ssrc);
    assertThat(Arrays.copyOfRange(b, OFF, b.length)).as("the same names").isEqualTo(compound);
  }

  private static void read(byte[] b, int at) {
    if (SenderReport.is(b, at)) {
      SenderReport.ntpTime(b, at);
      SenderReport.octetCount(b, at);
      for (int i = 0; i < SenderReport.blockCount(b, at); i++) {
        ReportBlock.delaySinceLastSenderReport(b, SenderReport.block(at, i));
      }
    }
    if (ReceiverReport.is(b, at)) {
      Rtcp.senderSsrc(b, at);
      for (int i = 0; i < ReceiverReport.blockCount(b, at); i++) {
        ReportBlock.delaySinceLastSenderReport(b, ReceiverReport.block(at, i));
      }
    }
    readFeedback(b, at);
  }

  private static void readFeedback(byte[] b, int at) {
    if (Pli.is(b, at)) {
      RtcpFeedback.mediaSsrc(b, at);
    }
    if (Nack.is(b, at)) {
      Nack.forEachLost(b, at, number -> assertThat(number).isBetween(0, 0xFFFF));
    }
    if (Fir.is(b, at)) {
      for (int i = 0; i < Fir.entryCount(b, at); i++) {
        Fir.ssrc(b, at, i);
      }
    }
    if (Remb.is(b, at)) {
      assertThat(Remb.bitrate(b, at)).isNotNegative();
    }
    if (TransportCc.is(b, at)) {
      TransportCc.forEach(
          b, at, (number, received, nanos) -> assertThat(number).isBetween(0, 0xFFFF));
    }
  }
}
