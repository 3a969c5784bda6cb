package io.github.jvbwhip.load.media;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.testpeer.media.Codec;
import io.github.jvbwhip.testpeer.media.FrameSource;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SendTimeTest {
  private static final long SOME_MICROS = 1_764_367_590_123_456L;

  @Test
  void reads_what_was_written_at_any_offset() {
    byte[] payload = new byte[100];
    SendTime.write(payload, SOME_MICROS);
    for (int offset : new int[] {0, 7}) {
      byte[] packet = new byte[offset + payload.length + 20];
      System.arraycopy(payload, 0, packet, offset, payload.length);
      assertThat(SendTime.read(packet, offset, payload.length)).isEqualTo(SOME_MICROS);
    }
  }

  @Test
  void what_has_no_room_or_no_mark_has_no_time() {
    byte[] parameterSets = new byte[30];
    SendTime.write(parameterSets, SOME_MICROS);
    assertThat(parameterSets).containsOnly(0);
    assertThat(SendTime.read(parameterSets, 0, 30)).isEqualTo(SendTime.NONE);
    assertThat(SendTime.read(new byte[100], 0, 100)).isEqualTo(SendTime.NONE);
    assertThat(SendTime.read(new byte[100], 0, -5)).isEqualTo(SendTime.NONE);
  }

  @Test
  void the_clock_goes_on() {
    long nanos = System.nanoTime();
    assertThat(SendTime.micros(nanos + 5_000_000) - SendTime.micros(nanos)).isEqualTo(5000);
    assertThat(SendTime.micros(nanos) / 1000)
        .isBetween(System.currentTimeMillis() - 10_000, System.currentTimeMillis() + 10_000);
  }

  @ParameterizedTest
  @EnumSource(names = {"H264", "VP8", "AV1", "OPUS"})
  void frames_keep_their_beginning_and_get_no_start_codes(Codec codec) {
    FrameSource source = FrameSource.of(codec, 1280, 720);
    List<byte[]> payloads = source.next(true, 3000);
    int stamped = 0;
    for (byte[] payload : payloads) {
      byte[] before = payload.clone();
      SendTime.write(payload, SOME_MICROS);
      stamped += SendTime.read(payload, 0, payload.length) == SOME_MICROS ? 1 : 0;
      assertThat(Arrays.mismatch(before, payload)).matches(at -> at == -1 || at >= 40);
    }
    assertThat(stamped).isPositive();
  }
}
