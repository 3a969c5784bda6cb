package io.github.jvbwhip.jvb.room;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.core.bridge.LayerSelection;
import io.github.jvbwhip.core.bridge.MediaKind;
import io.github.jvbwhip.jvb.room.StreamView.Source;
import io.github.jvbwhip.jvb.room.StreamView.SourceEncoding;
import io.github.jvbwhip.jvb.room.StreamView.Track;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LayerChoiceTest {
  private static final SourceEncoding LOW = encoding("l", 320, 180, 180);
  private static final SourceEncoding MID = encoding("m", 640, 360, 360);
  private static final SourceEncoding HIGH = encoding("h", 1280, 720, 720);

  private final Source together = new Source("v0", 1, List.of(LOW, MID, HIGH));
  private final Source low = new Source("v0", 1, List.of(LOW));
  private final Source high = new Source("v1", 2, List.of(HIGH));

  @Test
  void left_alone_the_bridge_chooses() {
    assertThat(choose(LayerSelection.AUTOMATIC, Set.of(), together))
        .contains(new LayerChoice(together, LayerChoice.UNLIMITED, LayerChoice.ANY));
  }

  @Test
  void of_several_sources_the_best_that_fits_the_bandwidth() {
    assertThat(choose(LayerSelection.AUTOMATIC, Set.of(), low, high).map(LayerChoice::source))
        .contains(high);
    assertThat(choose(LayerSelection.AUTOMATIC, Set.of("v1"), low, high).map(LayerChoice::source))
        .contains(low);
    assertThat(
            choose(LayerSelection.AUTOMATIC, Set.of("v0", "v1"), low, high)
                .map(LayerChoice::source))
        .contains(low);
  }

  @Test
  void of_several_sources_the_best_is_the_one_with_the_largest_picture() {
    Source both = new Source("v2", 3, List.of(LOW, HIGH));
    Source middle = new Source("v3", 4, List.of(MID));

    assertThat(choose(LayerSelection.AUTOMATIC, Set.of(), middle, both).map(LayerChoice::source))
        .contains(both);
    assertThat(
            choose(LayerSelection.AUTOMATIC, Set.of("v2"), both, middle).map(LayerChoice::source))
        .contains(middle);
  }

  @Test
  void a_rid_is_an_encoding() {
    assertThat(choose(rid("m"), Set.of(), together)).contains(new LayerChoice(together, 360, 1));
    assertThat(choose(rid("l"), Set.of(), low, high))
        .contains(new LayerChoice(low, LayerChoice.UNLIMITED, LayerChoice.ANY));
    assertThat(choose(rid("x"), Set.of(), together)).isEmpty();
  }

  @Test
  void a_largest_size_is_the_best_encoding_within() {
    assertThat(choose(maxHeight(400), Set.of(), together))
        .contains(new LayerChoice(together, 360, 1));
    assertThat(choose(maxHeight(100), Set.of(), together)).isEmpty();
  }

  @Test
  void an_encoding_that_does_not_come_cannot_be_chosen() {
    SourceEncoding silent = new SourceEncoding(Optional.of("m"), false, 0, 640, 360, 360, 0);
    Source without = new Source("v0", 1, List.of(LOW, silent, HIGH));
    assertThat(choose(rid("m"), Set.of(), without)).isEmpty();
    assertThat(choose(maxHeight(400), Set.of(), without))
        .contains(new LayerChoice(without, 180, 0));
  }

  @Test
  void a_spatial_layer_is_the_rank_of_an_encoding() {
    assertThat(choose(spatial(1), Set.of(), together)).contains(new LayerChoice(together, 360, 1));
    assertThat(choose(maxSpatial(1), Set.of(), together))
        .contains(new LayerChoice(together, 360, 1));
    assertThat(choose(spatial(3), Set.of(), together)).isEmpty();
  }

  @Test
  void of_one_encoding_with_spatial_layers_all_can_be_had_or_none() {
    SourceEncoding layered = new SourceEncoding(Optional.empty(), true, 1, 1280, 720, 0, 2);
    Source alone = new Source("v0", 1, List.of(layered));
    LayerChoice all = new LayerChoice(alone, LayerChoice.UNLIMITED, LayerChoice.ANY);

    assertThat(choose(spatial(2), Set.of(), alone)).contains(all);
    assertThat(choose(maxSpatial(2), Set.of(), alone)).contains(all);
    assertThat(choose(spatial(0), Set.of(), alone)).isEmpty();
    assertThat(choose(maxSpatial(1), Set.of(), alone)).isEmpty();
  }

  @Test
  void a_frame_rate_cannot_be_chosen() {
    OptionalInt none = OptionalInt.empty();
    OptionalInt one = OptionalInt.of(1);
    LayerSelection exact = new LayerSelection(Optional.empty(), none, one, none, none, none, none);
    LayerSelection most = new LayerSelection(Optional.empty(), none, none, none, one, none, none);

    assertThat(choose(exact, Set.of(), together)).isEmpty();
    assertThat(choose(most, Set.of(), together)).isEmpty();
    assertThat(LayerChoice.isTemporal(most)).isTrue();
    assertThat(LayerChoice.isTemporal(rid("m"))).isFalse();
  }

  private static LayerSelection spatial(int id) {
    OptionalInt none = OptionalInt.empty();
    return new LayerSelection(Optional.empty(), OptionalInt.of(id), none, none, none, none, none);
  }

  private static LayerSelection maxSpatial(int id) {
    OptionalInt none = OptionalInt.empty();
    return new LayerSelection(Optional.empty(), none, none, OptionalInt.of(id), none, none, none);
  }

  private static Optional<LayerChoice> choose(
      LayerSelection selection, Set<String> suspended, Source... sources) {
    return LayerChoice.of(
        new Track(MediaKind.VIDEO, List.of(), true, List.of(sources)), selection, suspended);
  }

  private static LayerSelection rid(String rid) {
    return new LayerSelection(
        Optional.of(rid),
        OptionalInt.empty(),
        OptionalInt.empty(),
        OptionalInt.empty(),
        OptionalInt.empty(),
        OptionalInt.empty(),
        OptionalInt.empty());
  }

  private static LayerSelection maxHeight(int height) {
    return new LayerSelection(
        Optional.empty(),
        OptionalInt.empty(),
        OptionalInt.empty(),
        OptionalInt.empty(),
        OptionalInt.empty(),
        OptionalInt.empty(),
        OptionalInt.of(height));
  }

  private static SourceEncoding encoding(String rid, int width, int height, int constraint) {
    return new SourceEncoding(Optional.of(rid), true, 100_000, width, height, constraint, 0);
  }
}
