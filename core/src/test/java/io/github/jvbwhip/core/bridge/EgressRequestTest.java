package io.github.jvbwhip.core.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EgressRequestTest {
  @Test
  void what_a_viewer_has_signed_in_with_is_not_shown() {
    EgressRequest request =
        new EgressRequest(
            new RoomName("standup"),
            Optional.of(new StreamName("obs")),
            List.of(),
            Optional.empty(),
            Optional.of("secret"));
    assertThat(request).hasToString("EgressRequest[standup/obs]");
  }
}
