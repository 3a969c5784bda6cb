package io.github.jvbwhip.core.rtp.rtcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.core.rtp.PacketBuffer;
import io.github.jvbwhip.core.rtp.TimestampMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 3550 §6.4. */
class ReportsTest {
  private static final String BLOCK =
      "cafebabe 40 fffffe 0001ffff 00000010 12345678 00010000".replace(" ", "");

  private static int writeBlock(byte[] b, int at) {
    return ReportBlock.write(b, at, 0xCAFEBABEL, 64, -2, 0x1FFFF, 16, 0x12345678, 0x10000);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 7})
  void a_sender_report_is_written_and_read_back(int off) {
    PacketBuffer p = PacketBuffer.of(off, new byte[52]);
    int length =
        SenderReport.write(
            p.bytes, off, 1, 0xF0000001L, 0x8899AABBCCDDEEFFL, 0xFFFFFFFEL, 3, 0xFFFFFFFFL);
    assertThat(writeBlock(p.bytes, SenderReport.block(off, 0))).isEqualTo(24);
    assertThat(length).isEqualTo(52);
    assertThat(p.hex())
        .isEqualTo("81c8000cf00000018899aabbccddeefffffffffe00000003ffffffff" + BLOCK);
    assertThat(Rtcp.isValid(p.bytes, off, length)).isTrue();
    assertThat(SenderReport.is(p.bytes, off)).isTrue();
    assertThat(SenderReport.ssrc(p.bytes, off)).isEqualTo(0xF0000001L);
    assertThat(SenderReport.ntpTime(p.bytes, off)).isEqualTo(0x8899AABBCCDDEEFFL);
    assertThat(SenderReport.rtpTimestamp(p.bytes, off)).isEqualTo(0xFFFFFFFEL);
    assertThat(SenderReport.packetCount(p.bytes, off)).isEqualTo(3);
    assertThat(SenderReport.octetCount(p.bytes, off)).isEqualTo(0xFFFFFFFFL);
    assertThat(SenderReport.blockCount(p.bytes, off)).isEqualTo(1);
    p.assertGuardsUntouched();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 7})
  void a_receiver_report_is_written_and_read_back(int off) {
    PacketBuffer p = PacketBuffer.of(off, new byte[56]);
    int length = ReceiverReport.write(p.bytes, off, 2, 1);
    writeBlock(p.bytes, ReceiverReport.block(off, 0));
    int block = ReceiverReport.block(off, 1);
    writeBlock(p.bytes, block);
    assertThat(p.hex()).isEqualTo("82c9000d00000001" + BLOCK + BLOCK);
    assertThat(Rtcp.isValid(p.bytes, off, length)).isTrue();
    assertThat(ReceiverReport.is(p.bytes, off)).isTrue();
    assertThat(ReceiverReport.blockCount(p.bytes, off)).isEqualTo(2);
    assertThat(ReportBlock.ssrc(p.bytes, block)).isEqualTo(0xCAFEBABEL);
    assertThat(ReportBlock.fractionLost(p.bytes, block)).isEqualTo(64);
    assertThat(ReportBlock.cumulativeLost(p.bytes, block)).isEqualTo(-2);
    assertThat(ReportBlock.lastSenderReport(p.bytes, block)).isEqualTo(0x12345678);
    assertThat(ReportBlock.delaySinceLastSenderReport(p.bytes, block)).isEqualTo(0x10000);
    p.assertGuardsUntouched();
  }

  @ParameterizedTest
  @CsvSource({
    "8388607, 8388607",
    "8388608, 8388607",
    "-8388608, -8388608",
    "-8388609, -8388608",
    "9000000000, 8388607"
  })
  void cumulative_loss_is_clamped_to_24_bits(long lost, int read) {
    byte[] b = new byte[24];
    ReportBlock.write(b, 0, 1, 0, lost, 0, 0, 0, 0);
    assertThat(ReportBlock.cumulativeLost(b, 0)).isEqualTo(read);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 7})
  void a_translated_report_keeps_the_wall_clock(int off) {
    TimestampMap timestamps = new TimestampMap(1000);
    timestamps.switchTo(0xFFFFFFF0L, 90_000, 0);
    PacketBuffer p =
        PacketBuffer.of(off, "80c80006 00000001 8899aabb ccddeeff fffffffa 00000003 00000004");
    SenderReport.translate(p.bytes, off, 0xCAFEBABEL, timestamps, 50, 60);
    assertThat(p.hex()).isEqualTo("80c80006cafebabe8899aabbccddeeff000003f2000000320000003c");
    p.assertGuardsUntouched();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 7})
  void a_sender_report_may_have_several_blocks(int off) {
    PacketBuffer p = PacketBuffer.of(off, new byte[76]);
    assertThat(SenderReport.write(p.bytes, off, 2, 1, 2, 3, 4, 5)).isEqualTo(76);
    writeBlock(p.bytes, SenderReport.block(off, 0));
    writeBlock(p.bytes, SenderReport.block(off, 1));
    assertThat(p.hex()).startsWith("82c80012").endsWith(BLOCK + BLOCK);
    assertThat(SenderReport.is(p.bytes, off)).isTrue();
    p.assertGuardsUntouched();
  }
}
