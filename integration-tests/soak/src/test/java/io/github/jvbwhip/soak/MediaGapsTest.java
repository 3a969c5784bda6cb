package io.github.jvbwhip.soak;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class MediaGapsTest {
  private long now;
  private final MediaGaps gaps = new MediaGaps(() -> now);

  private void comes(int payloadType) {
    byte[] packet = new byte[50];
    packet[0] = (byte) 0x80;
    packet[1] = (byte) payloadType;
    assertThat(gaps.passes(packet)).isTrue();
  }

  @Test
  void audio_alone_is_not_all() {
    comes(111);
    assertThat(gaps.hasBoth()).isFalse();
    comes(96);
    assertThat(gaps.hasBoth()).isTrue();
  }

  @Test
  void what_does_not_come_is_a_gap() {
    comes(111);
    comes(96);
    gaps.begin();
    now = Duration.ofSeconds(2).toNanos();
    comes(96);
    now = Duration.ofSeconds(3).toNanos();
    assertThat(gaps.longest()).as("of audio, until now").isEqualTo(Duration.ofSeconds(3));
    comes(111);
    now = Duration.ofSeconds(4).toNanos();
    assertThat(gaps.longest()).isEqualTo(Duration.ofSeconds(3));
    gaps.begin();
    assertThat(gaps.longest()).isEqualTo(Duration.ZERO);
  }
}
