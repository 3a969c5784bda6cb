package io.github.jvbwhip.load.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import org.junit.jupiter.api.Test;

class TallyTest {
  @Test
  void tells_what_was_counted_by_name() {
    Tally tally = new Tally().add(Figure.PACKETS, 2).add(Figure.VIDEO_LOST_ON_PURPOSE, 0);
    tally.add(new Tally().add(Figure.PACKETS, 3).add(Figure.FREEZES, 1));
    assertThat(tally.toMap())
        .containsOnly(entry("packets", 5L), entry("videoLostOnPurpose", 0L), entry("freezes", 1L));
  }

  @Test
  void texts_of_errors_are_counted_and_bounded() {
    Errors errors = new Errors();
    for (int i = 0; i < 300; i++) {
      errors.add("ICE", "text " + i);
      errors.add("POST", "503\nService" + "!".repeat(500));
    }
    assertThat(errors.list()).hasSizeLessThan(110);
    assertThat(errors.list().get(0).kind()).isEqualTo("POST");
    assertThat(errors.list().get(0).count()).isEqualTo(300);
    assertThat(errors.list().get(0).text()).startsWith("503 Service!").hasSize(200);
    assertThat(errors.list().stream().mapToLong(Errors.Counted::count).sum()).isEqualTo(600);
  }
}
