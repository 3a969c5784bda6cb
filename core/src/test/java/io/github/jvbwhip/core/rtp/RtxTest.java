package io.github.jvbwhip.core.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 4588 §4. */
class RtxTest {
  private static final String ORIGINAL =
      "b1e0 1234 56789abc def01234 00000001 bede0001 10ff0000 aabbcc 0002".replace(" ", "");
  private static final String RETRANSMISSION =
      "b1e1 0009 56789abc 00000042 00000001 bede0001 10ff0000 1234 aabbcc 0002".replace(" ", "");

  @ParameterizedTest
  @ValueSource(ints = {0, 7})
  void encapsulating_puts_the_sequence_number_before_the_payload(int dstOff) {
    PacketBuffer p = PacketBuffer.of(7, ORIGINAL);
    PacketBuffer dst = PacketBuffer.of(dstOff, RETRANSMISSION.replaceAll(".", "0"));
    int length = Rtx.encapsulate(p.bytes, 7, p.len, dst.bytes, dstOff, 97, 0x42, 9);
    assertThat(dst.hex(dstOff, length)).isEqualTo(RETRANSMISSION);
    dst.assertGuardsUntouched();
    assertThat(p.hex()).isEqualTo(ORIGINAL);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 7})
  void decapsulating_restores_the_original(int dstOff) {
    PacketBuffer p = PacketBuffer.of(7, RETRANSMISSION);
    assertThat(Rtx.originalSequenceNumber(p.bytes, 7, p.len)).isEqualTo(0x1234);
    PacketBuffer dst = PacketBuffer.of(dstOff, ORIGINAL.replaceAll(".", "0"));
    int length = Rtx.decapsulate(p.bytes, 7, p.len, dst.bytes, dstOff, 96, 0xdef01234L);
    assertThat(dst.hex(dstOff, length)).isEqualTo(ORIGINAL);
    dst.assertGuardsUntouched();
  }

  @ParameterizedTest
  @ValueSource(ints = {5, 7})
  void both_work_in_place(int encapsulatedOff) {
    PacketBuffer p = PacketBuffer.of(7, ORIGINAL);
    if (encapsulatedOff == 5) {
      int length = Rtx.encapsulate(p.bytes, 7, p.len, p.bytes, 5, 97, 0x42, 9);
      assertThat(p.hex(5, length)).isEqualTo(RETRANSMISSION);
      length = Rtx.decapsulate(p.bytes, 5, length, p.bytes, 7, 96, 0xdef01234L);
      assertThat(p.hex(7, length)).isEqualTo(ORIGINAL);
      p.bytes[5] = p.bytes[6] = p.bytes[4];
      p.assertGuardsUntouched();
    } else {
      PacketBuffer rtx = PacketBuffer.of(7, RETRANSMISSION);
      int length = Rtx.decapsulate(rtx.bytes, 7, rtx.len, rtx.bytes, 7, 96, 0xdef01234L);
      assertThat(rtx.hex(7, length)).isEqualTo(ORIGINAL);
      rtx.assertGuardsUntouched();
    }
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "empty, 8061 0009 56789abc 00000042",
    "one byte, 8061 0009 56789abc 00000042 12",
    "padding only, a061 0009 56789abc 00000042 00000004",
  })
  void probes_hold_nothing(String name, String hex) {
    PacketBuffer p = PacketBuffer.of(7, hex);
    assertThat(RtpHeader.isValid(p.bytes, 7, p.len)).isTrue();
    assertThat(Rtx.originalSequenceNumber(p.bytes, 7, p.len)).isEqualTo(Rtx.NONE);
    assertThat(Rtx.decapsulate(p.bytes, 7, p.len, p.bytes, 9, 96, 1)).isEqualTo(Rtx.NONE);
    p.assertGuardsUntouched();
  }
}
