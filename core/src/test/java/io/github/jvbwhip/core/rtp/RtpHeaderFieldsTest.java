package io.github.jvbwhip.core.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RtpHeaderFieldsTest {
  @ParameterizedTest
  @ValueSource(ints = {0, 7})
  void fields_are_read_unsigned(int off) {
    PacketBuffer p = PacketBuffer.of(off, "80FF FFFE FFFFFFFD FFFFFFFC");
    assertThat(RtpHeader.payloadType(p.bytes, off)).isEqualTo(127);
    assertThat(RtpHeader.sequenceNumber(p.bytes, off)).isEqualTo(65534);
    assertThat(RtpHeader.timestamp(p.bytes, off)).isEqualTo(0xFFFFFFFDL);
    assertThat(RtpHeader.ssrc(p.bytes, off)).isEqualTo(0xFFFFFFFCL);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 7})
  void fields_are_written_without_touching_the_others(int off) {
    PacketBuffer p = PacketBuffer.of(off, "80e0 1234 56789abc def01234 aabb");
    RtpHeader.setPayloadType(p.bytes, off, 111);
    assertThat(p.hex()).startsWith("80ef1234");
    RtpHeader.setSequenceNumber(p.bytes, off, 0xFFFF);
    RtpHeader.setTimestamp(p.bytes, off, 0x80000001L);
    RtpHeader.setSsrc(p.bytes, off, 0xCAFEBABEL);
    assertThat(p.hex()).isEqualTo("80efffff80000001cafebabeaabb");
    p.assertGuardsUntouched();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 7})
  void payload_lies_between_extension_and_padding(int off) {
    PacketBuffer p =
        PacketBuffer.of(
            off, "B260 1234 00000000 00000000 00000001 00000002 BEDE0001 10FF0000 AABBCC 000003");
    assertThat(RtpHeader.headerLength(p.bytes, off)).isEqualTo(28);
    assertThat(RtpHeader.payloadOffset(p.bytes, off)).isEqualTo(off + 28);
    assertThat(RtpHeader.payloadLength(p.bytes, off, p.len)).isEqualTo(3);
    assertThat(RtpHeader.paddingLength(p.bytes, off, p.len)).isEqualTo(3);
  }

  @Test
  void padding_is_cut_off() {
    PacketBuffer p = PacketBuffer.of(7, "A060 1234 00000000 00000000 AABB 0002");
    int length = RtpHeader.removePadding(p.bytes, 7, p.len);
    assertThat(p.hex(7, length)).isEqualTo("80601234" + "0000000000000000" + "aabb");
    assertThat(RtpHeader.removePadding(p.bytes, 7, length)).isEqualTo(length);
  }

  @Test
  void the_extension_bit_is_set_and_cleared() {
    byte[] b = {(byte) 0xAF};
    RtpHeader.setExtension(b, 0, true);
    assertThat(b).containsExactly(0xBF);
    RtpHeader.setExtension(b, 0, false);
    assertThat(b).containsExactly(0xAF);
  }
}
