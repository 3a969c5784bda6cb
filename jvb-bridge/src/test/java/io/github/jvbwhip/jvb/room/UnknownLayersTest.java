package io.github.jvbwhip.jvb.room;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.jvb.host.IngestLink;
import io.github.jvbwhip.jvb.host.Participant;
import org.junit.jupiter.api.Test;

/** What the bridge does not know of a layer is -1 there, and told to nobody. */
class UnknownLayersTest {
  @Test
  void of_a_publisher() {
    assertThat(new IngestLink.Layer(1, -1, -1)).isEqualTo(new IngestLink.Layer(1, 0, 0));
  }

  @Test
  void of_a_participant() {
    assertThat(new Participant.Layer(1, -1, -1, true, 5))
        .isEqualTo(new Participant.Layer(1, 0, 0, true, 5));
  }
}
