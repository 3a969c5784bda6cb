package io.github.jvbwhip.core.stage;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.core.bridge.LayerInfo;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LayerInfosTest {
  private static LayerInfo layer(String rid, long bitrate, int width) {
    return new LayerInfo(
        Optional.of(rid),
        OptionalInt.empty(),
        OptionalInt.empty(),
        bitrate,
        OptionalLong.empty(),
        OptionalInt.of(width),
        OptionalInt.of(width * 9 / 16));
  }

  @ParameterizedTest
  @CsvSource({
    "1000, 1000, false",
    "1000, 750, false",
    "1000, 749, true",
    "750, 1000, false",
    "749, 1000, true",
    "0, 0, false",
    "0, 1, true",
    "1, 0, true"
  })
  void a_bit_rate_that_moves_by_more_than_a_quarter_makes_a_difference(
      long told, long now, boolean differ) {
    assertThat(
            LayerInfos.differ(
                List.of(layer("h", 500, 640), layer("l", told, 320)),
                List.of(layer("h", 500, 640), layer("l", now, 320))))
        .isEqualTo(differ);
  }

  @Test
  void other_layers_and_sizes_make_a_difference() {
    List<LayerInfo> told = List.of(layer("h", 500, 640));

    assertThat(LayerInfos.differ(told, List.of())).isTrue();
    assertThat(LayerInfos.differ(List.of(), told)).isTrue();
    assertThat(LayerInfos.differ(told, List.of(layer("l", 500, 640)))).isTrue();
    assertThat(LayerInfos.differ(told, List.of(layer("h", 500, 320)))).isTrue();
    assertThat(LayerInfos.differ(told, told)).isFalse();
  }
}
