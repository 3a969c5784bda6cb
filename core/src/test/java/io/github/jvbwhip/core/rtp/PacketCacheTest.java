package io.github.jvbwhip.core.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PacketCacheTest {
  private static final long SECOND = 1_000_000_000L;

  private final PacketCache cache = new PacketCache(1000, 16, SECOND);
  private final byte[] out = new byte[1500];

  @Test
  void what_was_put_is_found() {
    cache.put(65535, new byte[] {9, 1, 2, 3, 9}, 1, 3, 0);
    assertThat(cache.get(65535, 1, 0, out, 7)).isEqualTo(3);
    assertThat(Arrays.copyOfRange(out, 6, 11)).containsExactly(0, 1, 2, 3, 0);
    assertThat(cache.get(65534, 1, 0, out, 7)).isEqualTo(PacketCache.NONE);
    assertThat(cache.get(15, 1, 0, out, 7)).as("same slot").isEqualTo(PacketCache.NONE);
  }

  @Test
  void nothing_is_found_in_an_empty_cache() {
    assertThat(cache.get(0, 0, 0, out, 0)).isEqualTo(PacketCache.NONE);
  }

  @Test
  void packets_are_forgotten_by_age() {
    cache.put(1, new byte[100], 0, 100, 5);
    assertThat(cache.get(1, 5 + SECOND, 0, out, 0)).isEqualTo(100);
    assertThat(cache.get(1, 6 + SECOND, 0, out, 0)).isEqualTo(PacketCache.NONE);
  }

  @Test
  void packets_are_forgotten_by_number() {
    for (int i = 0; i < 17; i++) {
      cache.put(i, new byte[1], 0, 1, 0);
    }
    assertThat(cache.get(0, 0, 0, out, 0)).isEqualTo(PacketCache.NONE);
    assertThat(cache.get(1, 0, 0, out, 0)).isEqualTo(1);
  }

  @Test
  void packets_are_forgotten_by_bytes() {
    cache.put(1, new byte[600], 0, 600, 0);
    cache.put(2, new byte[400], 0, 400, 0);
    assertThat(cache.get(1, 0, 0, out, 0)).isEqualTo(600);
    cache.put(3, new byte[1], 0, 1, 0);
    assertThat(cache.get(1, 0, 0, out, 0)).isEqualTo(PacketCache.NONE);
    assertThat(cache.get(2, 0, 0, out, 0)).isEqualTo(400);
  }

  @Test
  void a_packet_is_not_resent_within_the_interval() {
    cache.put(1, new byte[10], 0, 10, 0);
    assertThat(cache.get(1, 100, 50, out, 0)).isEqualTo(10);
    assertThat(cache.get(1, 149, 50, out, 0)).isEqualTo(PacketCache.NONE);
    assertThat(cache.get(1, 150, 50, out, 0)).isEqualTo(10);
    cache.put(1, new byte[11], 0, 11, 151);
    assertThat(cache.get(1, 152, 50, out, 0)).as("a new packet").isEqualTo(11);
  }

  @Test
  void too_long_packets_are_not_kept_and_not_copied() {
    cache.put(1, new byte[1001], 0, 1001, 0);
    assertThat(cache.get(1, 0, 0, out, 0)).isEqualTo(PacketCache.NONE);
    cache.put(2, new byte[1000], 0, 1000, 0);
    assertThat(cache.get(2, 0, 0, out, 501)).isEqualTo(PacketCache.NONE);
    assertThat(cache.get(2, 0, 0, out, 500)).isEqualTo(1000);
  }

  /** Whatever is still found is exactly what was put. */
  @Test
  void found_packets_are_intact() {
    Random random = new Random(1);
    byte[] packet = new byte[300];
    int found = 0;
    for (int i = 0; i < 5000; i++) {
      Arrays.fill(packet, (byte) i);
      int length = 1 + (i * 31 + random.nextInt(3)) % 300;
      cache.put(i, packet, 300 - length, length, i);
      int asked = i - random.nextInt(16);
      int got = cache.get(asked, i, 0, out, 7);
      if (got != PacketCache.NONE) {
        found++;
        for (int k = 7; k < 7 + got; k++) {
          assertThat(out[k]).isEqualTo((byte) asked);
        }
      }
    }
    assertThat(found).isGreaterThan(1000);
  }
}
