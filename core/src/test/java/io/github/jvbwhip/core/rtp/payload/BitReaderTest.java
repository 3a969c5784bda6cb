package io.github.jvbwhip.core.rtp.payload;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BitReaderTest {
  private static BitReader read(BitWriter written) {
    byte[] b = written.toBytes();
    return BitReader.plain(b, 0, b.length);
  }

  @Test
  void past_the_end_there_are_zeros_and_an_overrun() {
    BitReader in = BitReader.plain(new byte[] {-1, -1, -1}, 1, 2);
    assertThat(in.bits(8)).isEqualTo(0xFF);
    assertThat(in.overrun()).isFalse();
    assertThat(in.bits(3)).isZero();
    assertThat(in.overrun()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 2, 3, 255, 256, 65535, 0xFFFFFFFEL})
  void unsigned_exp_golomb_is_read(long value) {
    BitReader in = read(new BitWriter().ue(value).bits(3, 5));
    assertThat(in.ue()).isEqualTo(value);
    assertThat(in.bits(3)).isEqualTo(5);
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, -1, 2, -2, 128, -128})
  void signed_exp_golomb_is_read(long value) {
    BitReader in = read(new BitWriter().se(value).bits(3, 5));
    assertThat(in.se()).isEqualTo(value);
    assertThat(in.bits(3)).isEqualTo(5);
  }

  /** Of the five numbers below 5, three take two bits and two take three. */
  @Test
  void non_symmetric_numbers_are_read() {
    BitReader in =
        read(new BitWriter().bits(2, 0).bits(2, 1).bits(2, 2).bits(3, 6).bits(3, 7).bits(3, 5));
    for (int i = 0; i < 5; i++) {
      assertThat(in.nonSymmetric(5)).isEqualTo(i);
    }
    assertThat(in.bits(3)).isEqualTo(5);
    assertThat(read(new BitWriter().bits(8, 255)).nonSymmetric(1)).isZero();
  }

  @Test
  void emulation_prevention_is_skipped() {
    byte[] b = HexFormat.of().parseHex("000003000003010003000001");
    BitReader in = BitReader.escaped(b, 0, b.length);
    for (int expected : new int[] {0, 0, 0, 0, 1, 0, 3, 0, 0, 1}) {
      assertThat(in.bits(8)).isEqualTo(expected);
    }
    assertThat(in.overrun()).isFalse();
    assertThat(BitReader.plain(b, 0, b.length).bits(24)).isEqualTo(3);
  }
}
