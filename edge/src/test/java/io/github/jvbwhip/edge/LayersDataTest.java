package io.github.jvbwhip.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.core.bridge.LayerInfo;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LayersDataTest {

  @Test
  void encodings_are_read_with_what_is_told_of_them() {
    List<LayerInfo> layers =
        LayersData.read(
            "{\"1\":[{\"rid\":\"h\",\"bitrate\":900000,\"targetBitrate\":1000000,"
                + "\"width\":1280,\"height\":720},{\"rid\":\"l\",\"bitrate\":0}]}");
    assertThat(layers)
        .containsExactly(
            new LayerInfo(
                Optional.of("h"),
                OptionalInt.empty(),
                OptionalInt.empty(),
                900_000,
                OptionalLong.of(1_000_000),
                OptionalInt.of(1280),
                OptionalInt.of(720)),
            new LayerInfo(
                Optional.of("l"),
                OptionalInt.empty(),
                OptionalInt.empty(),
                0,
                OptionalLong.empty(),
                OptionalInt.empty(),
                OptionalInt.empty()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "no JSON",
        "[]",
        "{}",
        "7",
        "{\"1\":[]}",
        "{\"1\":7}",
        "{\"1\":[{\"rid\":\"h\",\"bitrate\":1}]}",
        "{\"1\":[{\"rid\":\"h\"},{\"rid\":\"h\"}]}",
        "{\"1\":[{\"rid\":\"h\"},{\"rid\":\"\\\"}\"}]}",
        "{\"1\":[{\"spatialLayerId\":1},{\"spatialLayerId\":0}]}"
      })
  void what_leaves_no_choice_by_name_is_none(String data) {
    assertThat(LayersData.read(data)).isEmpty();
  }

  @Test
  void numbers_beyond_all_reason_are_bounded() {
    List<LayerInfo> layers =
        LayersData.read(
            "{\"0\":[{\"rid\":\"a\",\"bitrate\":-5,\"width\":99999999999},{\"rid\":\"b\"}]}");
    assertThat(layers.get(0).bitrate()).isZero();
    assertThat(layers.get(0).width()).hasValue(65_535);
  }
}
