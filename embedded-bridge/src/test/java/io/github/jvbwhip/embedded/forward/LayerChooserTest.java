package io.github.jvbwhip.embedded.forward;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.core.stage.PublishedEncoding;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class LayerChooserTest {
  private record Fixed(String name, long bitrate) implements PublishedEncoding {
    @Override
    public Optional<String> rid() {
      return Optional.of(name);
    }

    @Override
    public int width() {
      return 0;
    }

    @Override
    public int height() {
      return 0;
    }

    @Override
    public boolean active() {
      return true;
    }

    @Override
    public int highestTemporalLayer() {
      return 0;
    }

    @Override
    public int highestSpatialLayer() {
      return 0;
    }
  }

  private static final Fixed LOW = new Fixed("low", 150_000);
  private static final Fixed MIDDLE = new Fixed("middle", 500_000);
  private static final Fixed HIGH = new Fixed("high", 1_500_000);
  private static final List<Fixed> ALL = List.of(LOW, MIDDLE, HIGH);
  private static final OptionalLong UNKNOWN = OptionalLong.empty();

  private final LayerChooser<Fixed> chooser = new LayerChooser<>();
  private int second;

  private Fixed look(OptionalLong estimate, double loss) {
    return chooser.choose(ALL, estimate, loss, second++ * 1_000_000_000L);
  }

  private Fixed look(long estimate) {
    return look(OptionalLong.of(estimate), 0);
  }

  /** Looks for so many seconds, and returns the last choice. */
  private Fixed look(int seconds, long estimate) {
    for (int i = 1; i < seconds; i++) {
      look(estimate);
    }
    return look(estimate);
  }

  @Test
  void begins_with_the_largest_while_nothing_is_known() {
    assertThat(look(UNKNOWN, 0)).isEqualTo(HIGH);
  }

  @Test
  void begins_with_what_the_estimate_allows() {
    assertThat(look(600_000)).isEqualTo(MIDDLE);
    chooser.reset();
    assertThat(look(10_000)).as("at least something").isEqualTo(LOW);
  }

  @Test
  void takes_a_larger_one_at_once_in_the_beginning() {
    assertThat(chooser.choose(List.of(LOW), UNKNOWN, 0, 0)).isEqualTo(LOW);
    assertThat(chooser.choose(ALL, UNKNOWN, 0, 1_000_000_000L)).isEqualTo(HIGH);
  }

  @Test
  void has_no_choice_of_nothing() {
    assertThat(chooser.choose(List.of(), UNKNOWN, 0, 0)).isNull();
  }

  @Test
  void goes_down_to_what_fits_after_two_bad_estimates() {
    look(UNKNOWN, 0);
    assertThat(look(160_000)).isEqualTo(HIGH);
    assertThat(look(160_000)).isEqualTo(LOW);
  }

  @Test
  void one_bad_look_is_nothing() {
    look(UNKNOWN, 0);
    look(160_000);
    look(2_000_000);
    assertThat(look(160_000)).isEqualTo(HIGH);
  }

  @Test
  void goes_down_by_one_on_loss_alone() {
    look(UNKNOWN, 0);
    look(UNKNOWN, 0.2);
    assertThat(look(UNKNOWN, 0.2)).isEqualTo(MIDDLE);
  }

  @Test
  void tries_the_next_one_after_a_pause_although_the_estimate_is_below_it() {
    look(UNKNOWN, 0);
    assertThat(look(2, 300_000)).isEqualTo(LOW);

    assertThat(look(4, 230_000)).isEqualTo(LOW);
    assertThat(look(230_000)).isEqualTo(MIDDLE);
  }

  @Test
  void waits_for_an_estimate_that_grows_up_to_the_encoding() {
    look(UNKNOWN, 0);
    look(2, 300_000);
    assertThat(look(5, 230_000)).isEqualTo(MIDDLE);

    for (long estimate = 248_000; estimate < 450_000; estimate += estimate * 8 / 100) {
      assertThat(look(estimate)).isEqualTo(MIDDLE);
    }
    assertThat(look(20, 500_000)).isEqualTo(MIDDLE);
  }

  @Test
  void does_not_wait_longer_than_some_seconds_for_an_estimate_that_grows() {
    look(UNKNOWN, 0);
    look(2, 300_000);
    assertThat(look(5, 230_000)).isEqualTo(MIDDLE);

    for (int i = 1; i < 15; i++) {
      assertThat(look(230_000 + i)).isEqualTo(MIDDLE);
    }
    look(231_000);
    assertThat(look(231_001)).isEqualTo(LOW);
  }

  @Test
  void goes_down_when_loss_comes_with_an_estimate_that_grows() {
    look(UNKNOWN, 0);
    look(2, 300_000);
    look(5, 230_000);
    look(OptionalLong.of(240_000), 0.2);
    assertThat(look(OptionalLong.of(250_000), 0.2)).isEqualTo(LOW);
  }

  @Test
  void does_not_try_when_the_estimate_is_the_limit() {
    look(UNKNOWN, 0);
    look(2, 170_000);

    assertThat(look(60, 170_000)).isEqualTo(LOW);
  }

  @Test
  void pauses_longer_after_each_try_that_failed() {
    look(UNKNOWN, 0);
    Fixed now = look(2, 300_000);
    int tries = 0;
    boolean trying = false;
    for (int i = 0; i < 120; i++) {
      // The link carries the low layer well, and the middle one not at all.
      now = look(now == LOW ? 230_000 : 200_000);
      tries += now == MIDDLE && !trying ? 1 : 0;
      trying = now == MIDDLE;
    }
    assertThat(tries).as("after 5, 10, 20, 40 seconds").isBetween(3, 5);
  }
}
