package io.github.jvbwhip.core.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.core.bridge.Codec;
import io.github.jvbwhip.core.bridge.MediaKind;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SentCodecsTest {
  private static final Codec OPUS = new Codec(MediaKind.AUDIO, "opus", 48_000, 2, Map.of());
  private static final Codec RED = new Codec(MediaKind.AUDIO, "red", 48_000, 2, Map.of());
  private static final Codec VP8 = new Codec(MediaKind.VIDEO, "VP8", 90_000, 1, Map.of());
  private static final Codec H264 = new Codec(MediaKind.VIDEO, "H264", 90_000, 1, Map.of());
  private static final List<Codec> NEGOTIATED = List.of(OPUS, RED, VP8, H264);

  @Test
  void before_anything_comes_it_may_be_anything() {
    assertThat(SentCodecs.of(NEGOTIATED, List.of())).isEqualTo(NEGOTIATED);
  }

  @Test
  void what_comes_counts_each_kind_by_itself() {
    assertThat(SentCodecs.of(NEGOTIATED, List.of(H264))).containsExactly(OPUS, RED, H264);
    assertThat(SentCodecs.of(NEGOTIATED, List.of(OPUS, VP8))).containsExactly(OPUS, VP8);
    assertThat(SentCodecs.of(NEGOTIATED, List.of(H264, VP8))).containsExactly(OPUS, RED, VP8, H264);
  }

  @Test
  void redundant_audio_may_have_any_audio_in_it() {
    assertThat(SentCodecs.of(NEGOTIATED, List.of(RED, VP8))).containsExactly(OPUS, RED, VP8);
  }
}
