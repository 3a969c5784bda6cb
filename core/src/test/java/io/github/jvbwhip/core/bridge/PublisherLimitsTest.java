package io.github.jvbwhip.core.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PublisherLimitsTest {
  private static final Resolution FULL_HD = new Resolution(1920, 1080);

  @Test
  void the_smaller_bit_rate_counts() {
    PublisherLimits million = new PublisherLimits(OptionalLong.of(1_000_000), Optional.of(FULL_HD));
    assertThat(million.withAtMost(OptionalLong.of(2_000_000))).isEqualTo(million);
    assertThat(million.withAtMost(OptionalLong.empty())).isEqualTo(million);
    assertThat(million.withAtMost(OptionalLong.of(5)).maxBitrate()).hasValue(5);
    assertThat(million.withAtMost(OptionalLong.of(5)).maxResolution()).contains(FULL_HD);
    assertThat(PublisherLimits.NONE.withAtMost(OptionalLong.of(5)).maxBitrate()).hasValue(5);
    assertThat(PublisherLimits.NONE.withAtMost(OptionalLong.empty()).isNone()).isTrue();
  }

  @Test
  void nothing_at_all_is_no_limit() {
    assertThatThrownBy(() -> new PublisherLimits(OptionalLong.of(0), Optional.empty()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "1920, 1080, true",
    "1080, 1920, true",
    "1281, 720, true",
    "1921, 100, false",
    "1200, 1081, false",
    "1081, 1081, false",
    "1080, 1080, true"
  })
  void longer_sides_are_compared_with_longer_ones(int width, int height, boolean fits) {
    assertThat(new Resolution(width, height).fits(FULL_HD)).isEqualTo(fits);
    assertThat(new Resolution(width, height).fits(new Resolution(1080, 1920))).isEqualTo(fits);
  }

  @Test
  void a_resolution_is_read_as_it_is_written() {
    assertThat(Resolution.of("1920x1080")).contains(FULL_HD);
    assertThat(FULL_HD).hasToString("1920x1080");
    assertThat(FULL_HD.macroblocks()).isEqualTo(120 * 68);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1920", "1920X1080", "0x1", "1x0", "-1x5", "1920 x 1080", "100000x1"})
  void anything_else_is_none(String text) {
    assertThat(Resolution.of(text)).isEmpty();
  }
}
