package io.github.jvbwhip.core.rtp.rtcp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 3550 §4 and §6.4.1. */
class NtpTimeTest {
  @Test
  void unixTimeIsCountedFrom1900() {
    assertThat(NtpTime.ofUnixNanos(0)).isEqualTo(2_208_988_800L << 32);
    assertThat(NtpTime.ofUnixNanos(1_500_000_000L)).isEqualTo(2_208_988_801L << 32 | 1L << 31);
  }

  @Test
  void reportBlocksRepeatTheMiddle() {
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
  void spansAreIn65536thsOfASecond(long nanos, long span) {
    assertThat(NtpTime.span(nanos)).isEqualTo(span);
  }

  @Test
  void spansAreTurnedBackIntoNanoseconds() {
    assertThat(NtpTime.spanNanos(65536)).isEqualTo(1_000_000_000L);
    assertThat(NtpTime.spanNanos(0xFFFFFFFFL)).isEqualTo(65_535_999_984_741L);
  }
}
