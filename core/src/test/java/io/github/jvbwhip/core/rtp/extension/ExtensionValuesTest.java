package io.github.jvbwhip.core.rtp.extension;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.core.rtp.PacketBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExtensionValuesTest {
  private static final long NONE = HeaderExtensions.NONE;

  private static long element(PacketBuffer p) {
    return HeaderExtensions.find(p.bytes, p.off, 1);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 7})
  void text_is_read(int off) {
    PacketBuffer p = PacketBuffer.rtp(off, "bede", "12 686967 00000000");
    assertThat(SdesText.read(p.bytes, element(p))).isEqualTo("hig");
  }

  @ParameterizedTest
  @CsvSource({"00, 0", "7f, 127", "80, 0", "a5, 37"})
  void audio_level_is_read(String data, int level) {
    PacketBuffer p = PacketBuffer.rtp(7, "bede", "10" + data + "0000");
    assertThat(AudioLevel.level(p.bytes, element(p))).isEqualTo(level);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 7})
  void send_time_is_written(int off) {
    PacketBuffer p = PacketBuffer.rtp(off, "bede", "12 fedcba");
    AbsSendTime.write(p.bytes, element(p), 0x123456);
    assertThat(p.extensionHex()).isEqualTo("12123456");
    p.assertGuardsUntouched();
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "1000000000, 262144",
    "63999999999, 16777215",
    "64000000000, 0",
    "-1, 16777215",
    "9223372036854775807, 1272650"
  })
  void send_time_wraps_after_64_seconds(long nanos, int value) {
    assertThat(AbsSendTime.ofNanos(nanos)).isEqualTo(value);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 7})
  void transport_sequence_number_is_read(int off) {
    PacketBuffer p = PacketBuffer.rtp(off, "bede", "11 fedc 00");
    assertThat(TransportSequenceNumber.read(p.bytes, element(p))).isEqualTo(0xFEDC);
  }

  @Test
  void elements_of_the_wrong_length_have_no_value() {
    PacketBuffer p = PacketBuffer.rtp(7, "1000", "01 00 0000");
    String before = p.hex();
    for (long element : new long[] {element(p), NONE}) {
      assertThat(AudioLevel.level(p.bytes, element)).isEqualTo(AudioLevel.SILENCE);
      assertThat(TransportSequenceNumber.read(p.bytes, element))
          .isEqualTo(TransportSequenceNumber.NONE);
      AbsSendTime.write(p.bytes, element, 1);
    }
    assertThat(p.hex()).isEqualTo(before);
  }
}
