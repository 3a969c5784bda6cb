package io.github.jvbwhip.http.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ViaFieldTest {
  private static final String A = "edge-0123456789abcdef";
  private static final String B = "edge-fedcba9876543210";

  @Test
  void edges_are_read_from_among_proxies_in_order_and_once() {
    assertThat(
            ViaField.edges(
                List.of("1.1 " + A + ", 1.0 proxy.example (Squid)", "HTTP/1.1 " + B + ",1.1 " + A)))
        .containsExactly(A, B);
  }

  @Test
  void what_is_written_is_read_again() {
    assertThat(ViaField.edges(List.of(ViaField.of(List.of(A, B))))).containsExactly(A, B);
  }

  @Test
  void what_is_none_is_passed_over_and_more_than_makes_sense_is_not_kept() {
    assertThat(ViaField.edges(List.of("", ",", A, "1.1 edge-xyz", "1.1", "1.1 " + A + "0")))
        .isEmpty();
    List<String> many = IntStream.range(0, 100).mapToObj("1.1 edge-%016x"::formatted).toList();
    assertThat(ViaField.edges(many)).hasSize(32);
  }
}
