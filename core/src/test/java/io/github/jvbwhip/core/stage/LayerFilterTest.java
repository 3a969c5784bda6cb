package io.github.jvbwhip.core.stage;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.core.bridge.LayerInfo;
import io.github.jvbwhip.core.bridge.LayerSelection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class LayerFilterTest {
  private static final OptionalInt NONE = OptionalInt.empty();
  private static final int UNKNOWN = PublishedEncoding.UNKNOWN;

  private static final Fixed SMALL = encoding("q", 100, 320, 180);
  private static final Fixed MIDDLE = encoding("h", 300, 640, 360);
  private static final Fixed LARGE = encoding("f", 900, 1280, 720);
  private static final List<Fixed> ALL = List.of(SMALL, MIDDLE, LARGE);

  private record Fixed(
      Optional<String> rid,
      long bitrate,
      int width,
      int height,
      boolean active,
      int highestTemporalLayer,
      int highestSpatialLayer)
      implements PublishedEncoding {
    Fixed inactive() {
      return new Fixed(rid, bitrate, width, height, false, UNKNOWN, 0);
    }

    Fixed unnamed() {
      return new Fixed(Optional.empty(), bitrate, width, height, active, UNKNOWN, 0);
    }

    Fixed unsized() {
      return new Fixed(rid, bitrate, 0, 0, active, UNKNOWN, 0);
    }

    Fixed layered(int temporal, int spatial) {
      return new Fixed(rid, bitrate, width, height, active, temporal, spatial);
    }
  }

  private static Fixed encoding(String rid, long bitrate, int width, int height) {
    return new Fixed(Optional.of(rid), bitrate, width, height, true, UNKNOWN, 0);
  }

  private static LayerSelection rid(String rid) {
    return new LayerSelection(Optional.of(rid), NONE, NONE, NONE, NONE, NONE, NONE);
  }

  private static LayerSelection spatial(int exact) {
    return new LayerSelection(
        Optional.empty(), OptionalInt.of(exact), NONE, NONE, NONE, NONE, NONE);
  }

  private static LayerSelection maxSpatial(int max) {
    return new LayerSelection(Optional.empty(), NONE, NONE, OptionalInt.of(max), NONE, NONE, NONE);
  }

  private static LayerSelection temporal(OptionalInt exact, OptionalInt max) {
    return new LayerSelection(Optional.empty(), NONE, exact, NONE, max, NONE, NONE);
  }

  private static LayerSelection size(OptionalInt width, OptionalInt height) {
    return new LayerSelection(Optional.empty(), NONE, NONE, NONE, NONE, width, height);
  }

  @Test
  void without_a_wish_all_that_come_fit() {
    assertThat(LayerFilter.apply(LayerSelection.AUTOMATIC, ALL)).isEqualTo(ALL);
    assertThat(
            LayerFilter.apply(LayerSelection.AUTOMATIC, List.of(SMALL, MIDDLE.inactive(), LARGE)))
        .containsExactly(SMALL, LARGE);
  }

  @Test
  void a_rid_is_one_encoding() {
    assertThat(LayerFilter.apply(rid("h"), ALL)).containsExactly(MIDDLE);
    assertThat(LayerFilter.apply(rid("x"), ALL)).isEmpty();
  }

  @Test
  void a_spatial_layer_is_the_rank_by_size() {
    assertThat(LayerFilter.apply(spatial(1), ALL)).containsExactly(MIDDLE);
    assertThat(LayerFilter.apply(maxSpatial(1), ALL)).containsExactly(SMALL, MIDDLE);
    assertThat(LayerFilter.apply(spatial(3), ALL)).isEmpty();
  }

  @Test
  void of_one_encoding_the_spatial_layers_within_can_be_had_together_only() {
    List<Fixed> alone = List.of(LARGE.layered(UNKNOWN, 2));
    assertThat(LayerFilter.apply(spatial(2), alone)).isEqualTo(alone);
    assertThat(LayerFilter.apply(maxSpatial(2), alone)).isEqualTo(alone);
    assertThat(LayerFilter.apply(spatial(0), alone)).isEmpty();
    assertThat(LayerFilter.apply(maxSpatial(1), alone)).isEmpty();
  }

  @Test
  void a_size_is_a_limit_that_what_is_not_known_yet_fits() {
    assertThat(LayerFilter.apply(size(OptionalInt.of(640), NONE), ALL))
        .containsExactly(SMALL, MIDDLE);
    assertThat(LayerFilter.apply(size(NONE, OptionalInt.of(359)), ALL)).containsExactly(SMALL);
    assertThat(LayerFilter.apply(size(OptionalInt.of(1), OptionalInt.of(1)), List.of(LARGE)))
        .isEmpty();
    List<Fixed> unknown = List.of(LARGE.unsized());
    assertThat(LayerFilter.apply(size(OptionalInt.of(1), OptionalInt.of(1)), unknown))
        .isEqualTo(unknown);
  }

  @Test
  void temporal_layers_can_be_had_where_packets_tell_them_and_where_they_come() {
    List<Fixed> two = List.of(LARGE.layered(1, 0));
    assertThat(LayerFilter.apply(temporal(OptionalInt.of(1), NONE), two)).isEqualTo(two);
    assertThat(LayerFilter.apply(temporal(OptionalInt.of(2), NONE), two)).isEmpty();
    assertThat(LayerFilter.apply(temporal(NONE, OptionalInt.of(2)), two)).isEqualTo(two);
    assertThat(LayerFilter.apply(temporal(OptionalInt.of(0), NONE), List.of(LARGE))).isEmpty();
    assertThat(LayerFilter.apply(temporal(NONE, OptionalInt.of(0)), List.of(LARGE))).isEmpty();
  }

  @Test
  void the_lower_of_two_temporal_limits_counts() {
    assertThat(LayerFilter.maxTemporalLayer(LayerSelection.AUTOMATIC))
        .isEqualTo(LayerFilter.ALL_TEMPORAL_LAYERS);
    assertThat(LayerFilter.maxTemporalLayer(temporal(OptionalInt.of(2), OptionalInt.of(1))))
        .isEqualTo(1);
    assertThat(LayerFilter.maxTemporalLayer(temporal(OptionalInt.of(0), OptionalInt.of(1))))
        .isZero();
  }

  @Test
  void the_order_is_by_size_and_by_bit_rate_where_a_size_is_missing() {
    Fixed wasteful = encoding("w", 5000, 160, 90);
    assertThat(PublishedEncoding.smallestFirst(List.of(LARGE, wasteful, SMALL)))
        .containsExactly(wasteful, SMALL, LARGE);
    assertThat(PublishedEncoding.smallestFirst(List.of(LARGE, wasteful, SMALL.unsized())))
        .containsExactly(SMALL.unsized(), LARGE, wasteful);
  }

  @Test
  void layers_are_told_largest_first_and_by_rank_where_they_have_no_name() {
    List<LayerInfo> named =
        LayerInfos.of(
            List.of(SMALL.inactive(), LARGE), true, e -> OptionalLong.of(2 * e.bitrate()));
    assertThat(named)
        .containsExactly(
            new LayerInfo(
                Optional.of("f"),
                NONE,
                NONE,
                900,
                OptionalLong.of(1800),
                OptionalInt.of(1280),
                OptionalInt.of(720)),
            new LayerInfo(
                Optional.of("q"),
                NONE,
                NONE,
                0,
                OptionalLong.of(200),
                OptionalInt.of(320),
                OptionalInt.of(180)));
    List<LayerInfo> unnamed =
        LayerInfos.of(List.of(LARGE.unnamed(), SMALL.unnamed()), true, e -> OptionalLong.empty());
    assertThat(unnamed)
        .extracting(LayerInfo::spatialLayerId)
        .containsExactly(OptionalInt.of(1), OptionalInt.of(0));
  }

  @Test
  void of_a_single_encoding_the_spatial_layers_within_are_told() {
    assertThat(spatialOf(LARGE.unnamed())).isEqualTo(NONE);
    assertThat(spatialOf(LARGE.unnamed().layered(UNKNOWN, 2))).isEqualTo(OptionalInt.of(2));
    assertThat(spatialOf(LARGE.layered(UNKNOWN, 2))).as("it has a name").isEqualTo(NONE);
    assertThat(LayerInfos.of(List.of(LARGE.unsized()), false, e -> OptionalLong.empty()))
        .extracting(LayerInfo::width)
        .containsExactly(NONE);
  }

  private static OptionalInt spatialOf(Fixed alone) {
    return LayerInfos.of(List.of(alone), false, e -> OptionalLong.empty()).get(0).spatialLayerId();
  }
}
