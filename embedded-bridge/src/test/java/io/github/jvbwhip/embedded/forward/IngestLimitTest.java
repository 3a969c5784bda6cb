package io.github.jvbwhip.embedded.forward;

import static io.github.jvbwhip.embedded.forward.Media.playedAudio;
import static io.github.jvbwhip.embedded.forward.Media.publishedAudio;
import static io.github.jvbwhip.embedded.forward.TestPublisher.rtp;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.core.bridge.StreamName;
import org.junit.jupiter.api.Test;

class IngestLimitTest {
  private static final int BITRATE = 8_000_000;
  private static final int LENGTH = 1000;
  private static final long MILLI = 1_000_000L;

  /** Far from zero, as {@link System#nanoTime} may be. */
  private long now = -3_000_000_000_000L;

  private final IngestLimit limit = new IngestLimit(new StreamName("s"), BITRATE);

  /** Sends so many packets of 8,000 bits each millisecond; how many of them were taken. */
  private int send(int each, int millis) {
    int taken = 0;
    for (int i = 0; i < millis; i++) {
      now += MILLI;
      for (int k = 0; k < each; k++) {
        taken += limit.admits(LENGTH, now) ? 1 : 0;
      }
    }
    return taken;
  }

  @Test
  void a_publisher_at_the_limit_loses_nothing() {
    assertThat(send(1, 60_000)).isEqualTo(60_000);
    assertThat(limit.dropped()).isZero();
  }

  @Test
  void a_burst_is_taken() {
    assertThat(send(2, 2_900)).isEqualTo(5_800);
    send(0, 3_000);
    assertThat(send(2, 2_900)).isEqualTo(5_800);
  }

  @Test
  void what_is_beyond_it_for_longer_is_dropped() {
    int taken = send(10, 10_000);

    assertThat(taken).as("ten seconds, and three more at once").isBetween(12_900, 13_100);
    assertThat(limit.dropped()).isEqualTo(100_000 - taken);
  }

  @Test
  void none_is_none() {
    IngestLimit off = new IngestLimit(new StreamName("s"), 0);

    for (int i = 0; i < 100_000; i++) {
      assertThat(off.admits(IncomingPacket.MAX_LENGTH, now)).isTrue();
    }
  }

  /** 200 Mb/s, against the default of 50. */
  @Test
  void nobody_forwards_more_than_that() {
    TestRoom room = new TestRoom();
    TestPublisher publisher = room.publisher("s", publishedAudio(1));
    TestPlayer player = room.player("s", playedAudio("a"));
    byte[] payload = new byte[1238];
    long got = 0;
    for (int i = 0; i < 10_000; i++) {
      for (int k = 0; k < 20; k++) {
        int number = 20 * i + k;
        publisher.send(rtp(111, number & 0xFFFF, number, 1, payload));
      }
      room.pass(1);
      got += player.sink().rtp().size();
      player.sink().clear();
    }

    assertThat(got * 8 * 1250).as("bits in ten seconds").isBetween(640_000_000L, 660_000_000L);
  }
}
