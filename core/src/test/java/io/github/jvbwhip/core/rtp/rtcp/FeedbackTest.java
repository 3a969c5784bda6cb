package io.github.jvbwhip.core.rtp.rtcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.core.rtp.PacketBuffer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 4585 §6, RFC 5104 §4.3.1, draft-alvestrand-rmcat-remb-03, RFC 3550 §6.6. */
class FeedbackTest {
  @ParameterizedTest
  @ValueSource(ints = {0, 7})
  void pli_is_written_and_read_back(int off) {
    PacketBuffer p = PacketBuffer.of(off, new byte[12]);
    assertThat(Pli.write(p.bytes, off, 1, 0xFFFFFFFEL)).isEqualTo(12);
    assertThat(p.hex()).isEqualTo("81ce000200000001fffffffe");
    assertThat(Pli.is(p.bytes, off)).isTrue();
    assertThat(Rtcp.senderSsrc(p.bytes, off)).isEqualTo(1);
    assertThat(RtcpFeedback.mediaSsrc(p.bytes, off)).isEqualTo(0xFFFFFFFEL);
    RtcpFeedback.setMediaSsrc(p.bytes, off, 2);
    Rtcp.setSenderSsrc(p.bytes, off, 3);
    assertThat(p.hex()).isEqualTo("81ce00020000000300000002");
    p.assertGuardsUntouched();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 7})
  void fir_is_written_and_read_back(int off) {
    PacketBuffer p = PacketBuffer.of(off, new byte[20]);
    assertThat(Fir.write(p.bytes, off, 1, 0xFFFFFFFEL, 255)).isEqualTo(20);
    assertThat(p.hex()).isEqualTo("84ce00040000000100000000fffffffeff000000");
    assertThat(Fir.is(p.bytes, off)).isTrue();
    assertThat(Pli.is(p.bytes, off)).isFalse();
    assertThat(Fir.entryCount(p.bytes, off)).isEqualTo(1);
    assertThat(Fir.ssrc(p.bytes, off, 0)).isEqualTo(0xFFFFFFFEL);
    p.assertGuardsUntouched();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 7})
  void fir_may_ask_several_streams(int off) {
    PacketBuffer p =
        PacketBuffer.of(off, "84ce0006 00000001 00000000 00000002 05000000 00000003 06000000");
    assertThat(Fir.is(p.bytes, off)).isTrue();
    assertThat(Fir.entryCount(p.bytes, off)).isEqualTo(2);
    assertThat(Fir.ssrc(p.bytes, off, 1)).isEqualTo(3);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "1, 1",
    "262143, 262143",
    "262144, 262144",
    "262145, 262144",
    "2500000, 2500000",
    "2500007, 2500000",
    "9223372036854775807, 9223336852482686976"
  })
  void remb_is_written_with_18_significant_bits(long bitrate, long read) {
    PacketBuffer p = PacketBuffer.of(7, new byte[28]);
    assertThat(Remb.write(p.bytes, 7, 1, bitrate, 2, 0xFFFFFFFFL)).isEqualTo(28);
    assertThat(Remb.is(p.bytes, 7)).isTrue();
    assertThat(Remb.bitrate(p.bytes, 7)).isEqualTo(read);
    assertThat(Remb.ssrcCount(p.bytes, 7)).isEqualTo(2);
    assertThat(p.hex()).startsWith("8fce0006" + "00000001" + "00000000" + "52454d4202");
    assertThat(p.hex()).endsWith("00000002ffffffff");
    p.assertGuardsUntouched();
  }

  @ParameterizedTest
  @CsvSource({"1000, 1000", "2500000, 2500000", "2500001, 2500000", "9223372036854775807, 2500000"})
  void remb_of_a_compound_packet_is_limited(long bitrate, long limited) {
    PacketBuffer p = PacketBuffer.of(7, new byte[12 + 28]);
    int length = Pli.write(p.bytes, 7, 1, 2);
    length += Remb.write(p.bytes, 7 + length, 1, bitrate, 2, 3);
    Remb.limit(p.bytes, 7, length, 2_500_000);
    assertThat(Remb.bitrate(p.bytes, 7 + 12)).isEqualTo(limited);
    assertThat(Remb.ssrcCount(p.bytes, 7 + 12)).isEqualTo(2);
    assertThat(p.hex()).startsWith("81ce00020000000100000002").endsWith("0000000200000003");
    p.assertGuardsUntouched();
  }

  @ParameterizedTest
  @CsvSource({"fc0001, 9223372036854775807", "fc0000, 0", "b7ffff, 9223336852482686976"})
  void remb_of_any_exponent_is_read(String rate, long read) {
    PacketBuffer p = PacketBuffer.of(7, "8fce0004 00000001 00000000 52454d42 00" + rate);
    assertThat(Remb.is(p.bytes, 7)).isTrue();
    assertThat(Remb.bitrate(p.bytes, 7)).isEqualTo(read);
  }
}
