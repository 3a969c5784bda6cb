package io.github.jvbwhip.load.media;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.core.rtp.ArrivalTracker.Arrival;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StreamReceptionTest {
  private static final long SSRC = 7;
  private static final long MILLI = 1_000_000;

  private final StreamReception reception = new StreamReception(90_000);
  private long now = 1;

  private Arrival receive(int number) {
    return receive(SSRC, number, false);
  }

  private Arrival receive(long ssrc, int number, boolean retransmitted) {
    now += MILLI;
    return reception.received(ssrc, number & 0xffff, 90L * number, retransmitted, now);
  }

  @Test
  void a_stream_without_losses_lacks_nothing_where_its_numbers_wrap() {
    IntStream.range(65_500, 65_600).forEach(this::receive);
    assertThat(reception.packets()).isEqualTo(100);
    assertThat(reception.missing()).isZero();
  }

  @Test
  void what_overtakes_others_is_reordering_and_no_loss() {
    receive(10);
    receive(12);
    assertThat(reception.missing()).isEqualTo(1);
    assertThat(receive(11)).isEqualTo(Arrival.LATE);
    assertThat(reception.missing()).isZero();
    assertThat(reception.reordered()).isEqualTo(1);
    assertThat(reception.repaired()).isZero();
  }

  @Test
  void the_packet_before_the_first_one_is_late_too() {
    receive(10);
    receive(9);
    receive(11);
    assertThat(reception.missing()).isZero();
    assertThat(reception.reordered()).isEqualTo(1);
  }

  @Test
  void what_comes_by_rtx_is_a_repair() {
    receive(10);
    receive(12);
    assertThat(receive(9999, 11, true)).isEqualTo(Arrival.REPAIRED);
    assertThat(reception.missing()).isZero();
    assertThat(reception.repaired()).isEqualTo(1);
    assertThat(reception.restarts()).isZero();
  }

  @Test
  void so_is_what_comes_late_and_was_asked_for() {
    receive(10);
    receive(12);
    int[] numbers = new int[4];
    assertThat(reception.losses().due(now + 50 * MILLI, MILLI, numbers)).isEqualTo(1);
    assertThat(numbers[0]).isEqualTo(11);
    receive(11);
    assertThat(reception.repaired()).isEqualTo(1);
    assertThat(reception.reordered()).isZero();
  }

  @Test
  void what_comes_twice_is_a_duplicate() {
    receive(10);
    receive(11);
    assertThat(receive(11)).isEqualTo(Arrival.DUPLICATE);
    assertThat(receive(9999, 10, true)).isEqualTo(Arrival.DUPLICATE);
    assertThat(reception.duplicates()).isEqualTo(2);
    assertThat(reception.missing()).isZero();
  }

  @Test
  void another_ssrc_begins_anew_and_keeps_what_was_missing() {
    receive(10);
    receive(13);
    assertThat(receive(8, 5, false)).isEqualTo(Arrival.RESTART);
    receive(8, 6, false);
    receive(8, 8, false);
    assertThat(reception.ssrc()).isEqualTo(8);
    assertThat(reception.restarts()).isEqualTo(1);
    assertThat(reception.missing()).isEqualTo(3);
    int[] numbers = new int[4];
    assertThat(reception.losses().due(now + 50 * MILLI, MILLI, numbers)).isEqualTo(1);
    assertThat(numbers[0]).isEqualTo(7);
  }
}
