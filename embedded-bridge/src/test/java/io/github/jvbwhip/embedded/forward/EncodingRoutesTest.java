package io.github.jvbwhip.embedded.forward;

import static io.github.jvbwhip.embedded.forward.TestPublisher.rtp;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class EncodingRoutesTest {
  private final TestPublisher publisher =
      new TestRoom().publisher("s", Media.track("v1"), Media.track("v2"), Media.sound("a"));
  private final EncodingRoutes routes = new EncodingRoutes(publisher.publisher().media());

  @Test
  void of_several_sections_with_one_payload_type_none_has_what_tells_no_mid() {
    byte[] silent = rtp(96, 1, 0, 1, new byte[] {1});

    assertThat(routes.learn(silent, 0, 1)).isNull();
    assertThat(routes.takeUntold()).isEqualTo(OptionalLong.of(1));
    assertThat(routes.learn(silent, 0, 1)).isNull();
    assertThat(routes.takeUntold()).as("once").isEmpty();
  }

  @Test
  void what_belongs_nowhere_or_to_the_only_section_lacks_no_word() {
    assertThat(routes.learn(rtp(50, 1, 0, 1, new byte[] {1}), 0, 1)).isNull();
    assertThat(routes.learn(rtp(96, 1, 0, 2, new byte[] {1}, Media.MID, "v2"), 0, 2)).isNotNull();
    assertThat(routes.learn(rtp(111, 1, 0, 3, new byte[] {1}), 0, 3)).isNotNull();

    assertThat(routes.takeUntold()).isEmpty();
  }
}
