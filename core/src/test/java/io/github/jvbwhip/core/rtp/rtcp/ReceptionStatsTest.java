package io.github.jvbwhip.core.rtp.rtcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.core.rtp.Bytes;
import org.junit.jupiter.api.Test;

/** RFC 3550 §6.4.1, A.3 and A.8. */
class ReceptionStatsTest {
  private static final long MS = 1_000_000;

  private final ReceptionStats stats = new ReceptionStats(0xCAFEBABEL);
  private final byte[] block = new byte[31];

  private void receive(int... numbers) {
    for (int number : numbers) {
      stats.received(number, 0, 8000, 0);
    }
  }

  private long highestSequenceNumber() {
    return Bytes.u32(block, 7 + 8);
  }

  private void report() {
    assertThat(stats.writeBlock(block, 7, 0)).isEqualTo(24);
  }

  @Test
  void without_packets_there_is_no_loss() {
    report();
    assertThat(ReportBlock.ssrc(block, 7)).isEqualTo(0xCAFEBABEL);
    assertThat(ReportBlock.fractionLost(block, 7)).isZero();
    assertThat(ReportBlock.cumulativeLost(block, 7)).isZero();
    assertThat(highestSequenceNumber()).isZero();
    assertThat(ReportBlock.lastSenderReport(block, 7)).isZero();
    assertThat(ReportBlock.delaySinceLastSenderReport(block, 7)).isZero();
  }

  @Test
  void loss_is_reported_per_interval_and_in_all() {
    receive(1, 2, 3, 5);
    report();
    assertThat(ReportBlock.fractionLost(block, 7)).isEqualTo(256 / 5);
    assertThat(ReportBlock.cumulativeLost(block, 7)).isEqualTo(1);
    receive(6, 8);
    report();
    assertThat(ReportBlock.fractionLost(block, 7)).isEqualTo(256 / 3);
    assertThat(ReportBlock.cumulativeLost(block, 7)).isEqualTo(2);
    report();
    assertThat(ReportBlock.fractionLost(block, 7)).isZero();
  }

  @Test
  void late_packets_and_duplicates_make_up_for_loss() {
    receive(1, 4);
    report();
    assertThat(ReportBlock.cumulativeLost(block, 7)).isEqualTo(2);
    receive(2, 3, 3);
    report();
    assertThat(ReportBlock.cumulativeLost(block, 7)).isEqualTo(-1);
    assertThat(ReportBlock.fractionLost(block, 7)).isZero();
    assertThat(stats.receivedCount()).isEqualTo(5);
  }

  @Test
  void the_highest_number_counts_cycles() {
    receive(0x1FFFE, 0x1FFFF, 0x20000, 0x20001, 0x1FFFD);
    report();
    assertThat(highestSequenceNumber()).isEqualTo(0x10001);
    assertThat(stats.lostCount()).isEqualTo(-1);
  }

  @Test
  void even_packets_have_no_jitter() {
    long first = 0xFFFFFF00L;
    for (int i = 0; i < 100; i++) {
      stats.received(i, first + 160L * i & 0xFFFFFFFFL, 8000, 20 * MS * i);
    }
    assertThat(stats.jitter()).isZero();
  }

  @Test
  void jitter_tends_to_the_mean_difference() {
    for (int i = 0; i < 1000; i++) {
      // Every other packet is 10 ms, 80 ticks, late.
      stats.received(i, 160L * i, 8000, 20 * MS * i + (i % 2) * 10 * MS);
    }
    assertThat(stats.jitter()).isBetween(79L, 81L);
  }

  @Test
  void the_first_difference_counts_for_a_sixteenth() {
    stats.received(0, 0, 8000, 0);
    stats.received(1, 160, 8000, 30 * MS);
    assertThat(stats.jitter()).isEqualTo(80 / 16);
  }

  /** Up to the change in the clock before, after it in the new one. */
  @Test
  void another_clock_is_no_jitter() {
    for (int i = 0; i < 200; i++) {
      boolean pcm = i % 100 < 50;
      long before = 50L * (960 + 160) * (i / 100) + (pcm ? 0 : 50 * 160);
      stats.received(i, before + i % 50 * (pcm ? 160L : 960L), pcm ? 8000 : 48_000, 20 * MS * i);
    }
    assertThat(stats.jitter()).isZero();
  }

  @Test
  void the_last_sender_report_is_repeated_with_its_age() {
    receive(1);
    stats.senderReport(0xB44DB705_20000000L, 1000 * MS);
    stats.writeBlock(block, 7, 6250 * MS);
    assertThat(ReportBlock.lastSenderReport(block, 7)).isEqualTo(0xB7052000L);
    assertThat(ReportBlock.delaySinceLastSenderReport(block, 7)).isEqualTo(0x54000);
  }
}
