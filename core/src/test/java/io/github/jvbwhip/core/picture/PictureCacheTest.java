package io.github.jvbwhip.core.picture;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.core.rtp.Bytes;
import io.github.jvbwhip.core.rtp.RtpWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PictureCacheTest {
  private static final long MILLI = 1_000_000L;
  private static final int LENGTH = 1000;
  private static final int OFFSET = 7;

  private final ChunkPool pool = new ChunkPool(20 * ChunkPool.CHUNK);
  private final PictureCache cache =
      new PictureCache(new FirstPicture(true, 300_000, Duration.ofSeconds(10), 0), pool.share());
  private final PictureCursor cursor = new PictureCursor();
  private long now = -3 * MILLI;

  private void add(PictureCache to, int number, long timestamp, boolean keyframe) {
    byte[] b = new byte[OFFSET + LENGTH];
    RtpWriter.write(b, OFFSET, 96, 1, timestamp, 1);
    Bytes.put16(b, OFFSET + LENGTH - 2, number);
    to.add(b, OFFSET, LENGTH, number & 0xFFFF, keyframe, number & 0x7FFF, Long.MAX_VALUE, now);
  }

  private void add(int number, long timestamp, boolean keyframe) {
    add(cache, number, timestamp, keyframe);
  }

  private List<Integer> read() {
    List<Integer> numbers = new ArrayList<>();
    while (cache.read(cursor)) {
      assertThat(cursor.length()).isEqualTo(LENGTH);
      assertThat(cursor.note()).isEqualTo(cursor.number() & 0x7FFF);
      assertThat(Bytes.u16(cursor.buffer(), cursor.offset() + LENGTH - 2))
          .isEqualTo(cursor.number());
      numbers.add(cursor.number());
    }
    return numbers;
  }

  @Test
  void all_since_the_keyframe_is_read_in_the_order_of_its_coming() {
    add(65534, 10, false);
    add(65535, 20, true);
    add(1, 30, false);
    assertThat(cache.isWhole()).isFalse();
    add(0, 30, false);
    assertThat(cache.isWhole()).isTrue();
    assertThat(cache.bytesAfter(cursor)).isEqualTo(3 * LENGTH);
    assertThat(read()).containsExactly(65535, 1, 0);
    assertThat(cache.bytesAfter(cursor)).isZero();
    add(2, 40, false);
    assertThat(read()).containsExactly(2);
  }

  @Test
  void packets_keep_their_bytes_over_many_chunks() {
    List<Integer> sent = new ArrayList<>();
    for (int i = 0; i < 290; i++) {
      add(i, i * 10L, i == 0);
      sent.add(i);
    }
    assertThat(read()).isEqualTo(sent);
  }

  @Test
  void who_has_read_nothing_yet_goes_on_with_whatever_keyframe_is_kept() {
    assertThat(cache.goesOn(cursor)).isFalse();
    add(1, 10, true);
    assertThat(cache.goesOn(cursor)).isTrue();
    add(2, 20, true);
    assertThat(cache.goesOn(cursor)).isTrue();
    assertThat(read()).containsExactly(2);
    assertThat(cache.goesOn(cursor)).isTrue();
    add(3, 30, true);
    assertThat(cache.goesOn(cursor)).as("of the one before").isFalse();
    cursor.rewind();
    assertThat(cache.goesOn(cursor)).isTrue();
    cache.giveUp();
    assertThat(cache.goesOn(cursor)).isFalse();
  }

  @Test
  void a_keyframe_begins_anew_for_those_who_read_too() {
    add(1, 10, true);
    add(2, 20, false);
    add(3, 30, false);
    assertThat(cache.read(cursor)).isTrue();
    assertThat(cursor.isFirst()).isTrue();
    assertThat(cache.read(cursor)).isTrue();
    assertThat(cursor.isFirst()).isFalse();
    add(4, 40, true);
    assertThat(cache.read(cursor)).isTrue();
    assertThat(cursor.isFirst()).isTrue();
    assertThat(cursor.number()).isEqualTo(4);
    assertThat(cache.read(cursor)).isFalse();
  }

  @Test
  void further_packets_of_a_keyframe_that_begin_one_too_begin_none() {
    add(1, 10, true);
    add(2, 10, true);
    assertThat(read()).containsExactly(1, 2);
  }

  @Test
  void a_keyframe_that_comes_late_begins_nothing() {
    add(1, 10, true);
    add(3, 30, false);
    add(2, 20, true);
    assertThat(read()).containsExactly(1, 3, 2);
  }

  @Test
  void what_comes_late_from_before_the_keyframe_is_not_kept() {
    add(1, 10, false);
    add(3, 30, true);
    add(2, 20, false);
    add(4, 40, false);
    assertThat(read()).containsExactly(3, 4);
    assertThat(cache.isWhole()).isTrue();
  }

  @Test
  void all_is_given_up_beyond_the_bytes_until_the_next_keyframe() {
    for (int i = 0; i < 300; i++) {
      add(i, i, i == 0);
    }
    assertThat(cache.isKept()).isTrue();
    assertThat(cache.read(cursor)).isTrue();
    add(300, 300, false);
    assertThat(cache.isKept()).isFalse();
    assertThat(cache.read(cursor)).isFalse();
    assertThat(pool.left()).isEqualTo(20L * ChunkPool.CHUNK);
    add(301, 301, true);
    assertThat(read()).containsExactly(301);
  }

  @Test
  void all_is_given_up_beyond_the_time() {
    add(1, 10, true);
    now += 10_000 * MILLI;
    add(2, 20, false);
    assertThat(cache.isKept()).isTrue();
    now += 1;
    add(3, 30, false);
    assertThat(cache.isKept()).isFalse();
  }

  @Test
  void what_all_keep_together_is_bounded() {
    ChunkPool small = new ChunkPool(2 * ChunkPool.CHUNK);
    FirstPicture config = new FirstPicture(true, 300_000, Duration.ofSeconds(10), 0);
    List<PictureCache> caches = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      caches.add(new PictureCache(config, small.share()));
      add(caches.get(i), 0, 0, true);
    }
    assertThat(caches).extracting(PictureCache::isKept).containsExactly(true, true, false);
    assertThat(small.left()).isZero();
    caches.get(0).giveUp();
    add(caches.get(2), 1, 1, true);
    assertThat(caches.get(2).isKept()).isTrue();
  }

  private static int take(ChunkPool.Share share) {
    int taken = 0;
    while (share.take() != null) {
      taken++;
    }
    return taken;
  }

  @Test
  void a_publisher_has_no_more_than_is_left_for_others() {
    ChunkPool small = new ChunkPool(12 * ChunkPool.CHUNK);
    assertThat(take(small.share())).isEqualTo(6);
    assertThat(take(small.share())).isEqualTo(3);
    assertThat(take(small.share())).isEqualTo(2);
    assertThat(take(small.share())).isEqualTo(1);
  }

  @Test
  void encodings_of_one_publisher_share_what_it_has() {
    ChunkPool small = new ChunkPool(4 * ChunkPool.CHUNK);
    FirstPicture config = new FirstPicture(true, 300_000, Duration.ofSeconds(10), 0);
    ChunkPool.Share share = small.share();
    List<PictureCache> encodings = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      encodings.add(new PictureCache(config, share));
      add(encodings.get(i), 0, 0, true);
    }
    assertThat(encodings).extracting(PictureCache::isKept).containsExactly(true, true, false);
    encodings.get(0).giveUp();
    add(encodings.get(2), 1, 1, true);
    assertThat(encodings.get(2).isKept()).isTrue();
  }

  @Test
  void memory_is_used_again() {
    ChunkPool.Share share = pool.share();
    byte[] chunk = share.take();
    share.give(chunk);
    assertThat(pool.share().take()).isSameAs(chunk);
  }

  @Test
  void nothing_is_kept_where_it_is_off() {
    PictureCache off = new PictureCache(FirstPicture.OFF, pool.share());
    add(off, 1, 1, true);
    assertThat(off.isKept()).isFalse();
  }

  @Test
  void the_bit_rate_is_that_since_the_keyframe() {
    add(0, 0, true);
    for (int i = 1; i < 200; i++) {
      now += 10 * MILLI;
      add(i, i, false);
    }
    assertThat(cache.bitrate()).isBetween(790_000L, 810_000L);
    assertThat(cache.age(now) / MILLI).isEqualTo(1990);
  }
}
