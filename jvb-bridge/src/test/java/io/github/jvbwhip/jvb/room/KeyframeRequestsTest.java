package io.github.jvbwhip.jvb.room;

import static io.github.jvbwhip.jvb.room.KeyframeRequests.ECHO_NANOS;
import static io.github.jvbwhip.jvb.room.KeyframeRequests.INTERVAL_NANOS;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.core.rtp.SsrcTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class KeyframeRequestsTest {
  private final List<Long> sent = new ArrayList<>();
  private long now = 5;
  private final KeyframeRequests requests = new KeyframeRequests(sent::add, () -> now);

  @BeforeEach
  void sources() {
    requests.setSources(SsrcTable.of(Map.of(10L, new long[] {10, 11, 12}, 20L, new long[] {20})));
  }

  @Test
  void all_encodings_of_a_source_are_asked_for_the_largest_first() {
    assertThat(requests.lastNanos(10)).isEmpty();
    assertThat(requests.ask(10)).isZero();
    assertThat(sent).containsExactly(12L, 11L, 10L);
    assertThat(requests.lastNanos(10)).hasValue(5);
  }

  @Test
  void the_plugin_waits_after_a_request_whoever_made_it() {
    requests.sent(10);
    assertThat(sent).containsExactly(12L, 11L);

    now += 1;
    assertThat(requests.ask(10)).isEqualTo(INTERVAL_NANOS - 1);
    assertThat(requests.ask(20)).isZero();
    assertThat(sent).containsExactly(12L, 11L, 20L);

    now += INTERVAL_NANOS - 1;
    assertThat(requests.ask(10)).isZero();
    assertThat(sent).endsWith(12L, 11L, 10L);
  }

  @Test
  void the_plugins_own_requests_are_not_taken_for_the_bridges() {
    requests.ask(10);
    List.copyOf(sent).forEach(requests::sent);
    assertThat(sent).hasSize(3);

    now += ECHO_NANOS;
    requests.sent(10);
    assertThat(sent).hasSize(5).endsWith(12L, 11L);
  }

  @Test
  void of_a_source_with_one_encoding_the_bridges_request_is_enough() {
    requests.sent(20);
    requests.sent(99);
    assertThat(sent).isEmpty();
    assertThat(requests.lastNanos(20)).hasValue(5);
    assertThat(requests.lastNanos(99)).isEmpty();
  }
}
