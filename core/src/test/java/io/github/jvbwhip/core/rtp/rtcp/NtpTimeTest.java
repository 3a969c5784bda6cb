package io.github.jvbwhip.core.rtp.rtcp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 3550 §4 and §6.4.1. */
class NtpTimeTest {
  @Test
  void unix_time_is_counted_from_1900() {
    assertThat(NtpTime.ofUnixNanos(0)).isEqualTo(2_208_988_800L << 32);
    assertThat(NtpTime.ofUnixNanos(1_500_000_000L)).isEqualTo(2_208_988_801L << 32 | 1L << 31);
  }

  @Test
  void report_blocks_repeat_the_middle() {
    assertThat(NtpTime.middle(0xB44DB705_20000000L)).isEqualTo(0xB7052000L);
    assertThat(NtpTime.middle(0xFFFFFFFF_FFFFFFFFL)).isEqualTo(0xFFFFFFFFL);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "1000000000, 65536",
    "5250000000, 344064",
    "999999999, 65535",
    "9000000000000000000, 4294901760"
  })
  void spans_are_in_65536ths_of_a_second(long nanos, long span) {
    assertThat(NtpTime.span(nanos)).isEqualTo(span);
  }

  @Test
  void spans_are_turned_back_into_nanoseconds() {
    assertThat(NtpTime.spanNanos(65536)).isEqualTo(1_000_000_000L);
    assertThat(NtpTime.spanNanos(0xFFFFFFFFL)).isEqualTo(65_535_999_984_741L);
  }
}
