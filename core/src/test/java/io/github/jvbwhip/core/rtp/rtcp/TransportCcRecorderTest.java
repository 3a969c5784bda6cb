package io.github.jvbwhip.core.rtp.rtcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class TransportCcRecorderTest {
  private static final long MS = 1_000_000;

  /** What a sender reads from one feedback packet; arrival times are -1 for lost packets. */
  private record Status(int number, long arrivalNanos) {}

  private final TransportCcRecorder recorder = new TransportCcRecorder();
  private final byte[] b = new byte[1500];

  /** Writes one packet and reads it back. */
  private List<Status> write(int maxLength) {
    int length = recorder.write(b, 7, maxLength, 1, 2);
    List<Status> statuses = new ArrayList<>();
    if (length == 0) {
      return statuses;
    }
    assertThat(length).isLessThanOrEqualTo(maxLength);
    assertThat(Rtcp.isValid(b, 7, length)).isTrue();
    assertThat(TransportCc.is(b, 7)).isTrue();
    assertThat(Rtcp.senderSsrc(b, 7)).isEqualTo(1);
    assertThat(RtcpFeedback.mediaSsrc(b, 7)).isEqualTo(2);
    boolean whole =
        TransportCc.forEach(
            b,
            7,
            (number, received, nanos) -> statuses.add(new Status(number, received ? nanos : -1)));
    assertThat(whole).isTrue();
    return statuses;
  }

  private static List<Integer> numbers(List<Status> statuses) {
    return statuses.stream().map(Status::number).toList();
  }

  @Test
  void nothing_is_written_without_packets() {
    assertThat(recorder.isPending()).isFalse();
    assertThat(write(1200)).isEmpty();
  }

  @Test
  void arrivals_and_loss_are_reported_once_over_the_wrap() {
    recorder.received(65535, 5 * MS);
    recorder.received(1, 6 * MS);
    assertThat(recorder.isPending()).isTrue();
    assertThat(write(1200))
        .containsExactly(new Status(65535, 0), new Status(0, -1), new Status(1, MS));
    assertThat(TransportCc.feedbackCount(b, 7)).isZero();
    assertThat(recorder.isPending()).isFalse();
    recorder.received(2, 8 * MS);
    assertThat(write(1200)).containsExactly(new Status(2, 3 * MS));
    assertThat(TransportCc.feedbackCount(b, 7)).isEqualTo(1);
  }

  @Test
  void a_packet_that_comes_after_its_report_is_reported_again() {
    recorder.received(10, 0);
    recorder.received(12, MS);
    assertThat(numbers(write(1200))).containsExactly(10, 11, 12);
    recorder.received(11, 2 * MS);
    assertThat(write(1200)).containsExactly(new Status(11, 2 * MS), new Status(12, MS));
  }

  @Test
  void duplicates_are_not_reported_again() {
    recorder.received(10, 0);
    write(1200);
    recorder.received(10, MS);
    assertThat(recorder.isPending()).isFalse();
  }

  @Test
  void a_pause_too_long_for_a_delta_starts_another_packet() {
    recorder.received(1, 0);
    recorder.received(2, 9000 * MS);
    assertThat(write(1200)).containsExactly(new Status(1, 0));
    assertThat(write(1200)).containsExactly(new Status(2, 9000 * MS));
    assertThat(write(1200)).isEmpty();
  }

  @Test
  void what_does_not_fit_goes_into_the_next_packet() {
    for (int i = 0; i < 100; i++) {
      recorder.received(i, i * 100 * MS);
    }
    List<Integer> reported = new ArrayList<>();
    int packets = 0;
    while (recorder.isPending()) {
      reported.addAll(numbers(write(32)));
      packets++;
    }
    assertThat(reported).hasSize(100).isSorted().doesNotHaveDuplicates();
    assertThat(packets).isGreaterThan(10);
  }

  @Test
  void only_the_window_is_reported_after_a_jump() {
    recorder.received(0, 0);
    recorder.received(20000, MS);
    List<Status> statuses = write(1200);
    assertThat(statuses).hasSize(2048);
    assertThat(statuses.get(2047)).isEqualTo(new Status(20000, MS));
    recorder.received(10000, MS);
    assertThat(recorder.isPending()).as("older than the window").isFalse();
  }

  /** Whatever arrives, in whatever order: a sender learns it to the quarter of a millisecond. */
  @Test
  void feedback_tells_what_arrived() {
    Random random = new Random(1);
    Map<Integer, Long> arrivals = new TreeMap<>();
    Map<Integer, Long> read = new TreeMap<>();
    long now = 0;
    for (int i = 0; i < 20_000; i++) {
      now += (long) (random.nextDouble() * random.nextDouble() * 10 * MS);
      int number = i + random.nextInt(4);
      if (random.nextInt(10) != 0 && !arrivals.containsKey(number)) {
        arrivals.put(number, now);
        recorder.received(number, now);
      }
      if (random.nextInt(50) == 0) {
        while (recorder.isPending()) {
          for (Status status : write(60 + random.nextInt(1000))) {
            if (status.arrivalNanos() >= 0) {
              read.put(status.number(), status.arrivalNanos());
            }
          }
        }
      }
    }
    while (recorder.isPending()) {
      write(1200).forEach(s -> read.put(s.number(), s.arrivalNanos()));
    }
    read.values().removeIf(nanos -> nanos < 0);
    assertThat(read.keySet()).isEqualTo(arrivals.keySet());
    long epoch = arrivals.get(firstArrived(arrivals));
    read.forEach(
        (number, nanos) ->
            assertThat(arrivals.get(number) - epoch - nanos).isBetween(-250_000L, 250_000L));
  }

  private static int firstArrived(Map<Integer, Long> arrivals) {
    return arrivals.entrySet().stream().min(Map.Entry.comparingByValue()).orElseThrow().getKey();
  }

  @Test
  void a_pause_before_a_lost_packet_is_no_part_of_its_delta() {
    recorder.received(10, 0);
    write(1200);
    recorder.received(12, 9000 * MS);
    assertThat(write(1200)).containsExactly(new Status(11, -1), new Status(12, 9000 * MS));
  }

  /** Chunks and deltas of what arrives at these ticks of 250 µs, -1 for lost. */
  private String chunksAndDeltas(int... arrivals) {
    for (int i = 0; i < arrivals.length; i++) {
      if (arrivals[i] >= 0) {
        recorder.received(i, arrivals[i] * 250_000L);
      }
    }
    int length = recorder.write(b, 7, 1200, 1, 2);
    return HexFormat.of().formatHex(b, 7 + TransportCcRecorder.LENGTH, 7 + length);
  }

  @Test
  void equal_statuses_are_one_run() {
    int[] arrivals = new int[20];
    assertThat(chunksAndDeltas(arrivals)).isEqualTo("2014" + "00".repeat(20) + "0000");
  }

  @Test
  void lost_and_small_are_one_bit_each() {
    assertThat(chunksAndDeltas(0, -1, 1, 2, -1, -1, 3)).isEqualTo("ac80" + "00010101" + "0000");
  }

  @Test
  void large_deltas_take_two_bits() {
    assertThat(chunksAndDeltas(0, 255, 511, 510)).isEqualTo("d680" + "00ff" + "0100" + "ffff");
  }

  @Test
  void seven_equal_statuses_are_a_run_where_two_bits_would_be_needed() {
    assertThat(chunksAndDeltas(0, 0, 0, 0, 0, 0, 0, 300))
        .isEqualTo("2007" + "4001" + "00".repeat(7) + "012c" + "000000");
  }
}
