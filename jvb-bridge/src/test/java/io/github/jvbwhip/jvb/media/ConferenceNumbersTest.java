package io.github.jvbwhip.jvb.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.jvbwhip.core.bridge.BridgeException;
import io.github.jvbwhip.core.bridge.Codec;
import io.github.jvbwhip.core.bridge.HeaderExtensionType;
import io.github.jvbwhip.core.bridge.IngestMedia;
import io.github.jvbwhip.core.bridge.MediaKind;
import io.github.jvbwhip.core.bridge.NegotiatedCodec;
import io.github.jvbwhip.core.codec.CodecType;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ConferenceNumbersTest {
  private static final Codec RED = new Codec(MediaKind.AUDIO, "red", 48000, 2, Map.of());

  private static IngestMedia audio(Codec... codecs) {
    List<NegotiatedCodec> numbered =
        List.of(codecs).stream()
            .map(codec -> new NegotiatedCodec(109, codec, OptionalInt.empty(), Set.of()))
            .toList();
    return Plans.audio(1).withCodecs(numbered);
  }

  private static List<Codec> taken(Map<CodecType, Integer> numbers, IngestMedia offered)
      throws BridgeException {
    return new ConferenceNumbers(numbers, Map.of())
        .taken(List.of(offered)).get(0).codecs().stream().map(NegotiatedCodec::codec).toList();
  }

  @Test
  void codecs_without_a_number_are_not_taken() throws Exception {
    assertThat(taken(Map.of(CodecType.OPUS, 111), audio(RED, Plans.OPUS)))
        .containsExactly(Plans.OPUS);
    assertThat(taken(Map.of(CodecType.OPUS, 111, CodecType.RED, 112), audio(RED, Plans.OPUS)))
        .containsExactly(RED, Plans.OPUS);
  }

  @Test
  void numbers_are_completed_by_those_that_are_free() {
    ConferenceNumbers some = new ConferenceNumbers(Map.of(CodecType.VP8, 41), Map.of());
    ConferenceNumbers others =
        new ConferenceNumbers(
            Map.of(CodecType.VP8, 100, CodecType.AV1, 41, CodecType.OPUS, 111),
            Map.of(HeaderExtensionType.AUDIO_LEVEL, 1));

    assertThat(some.completedBy(others))
        .isEqualTo(new ConferenceNumbers(Map.of(CodecType.VP8, 41, CodecType.OPUS, 111), Map.of()));
  }

  @Test
  void more_codecs_are_no_other_numbers_but_another_extension_is() {
    Map<CodecType, Integer> one = Map.of(CodecType.OPUS, 111);
    Map<CodecType, Integer> two = Map.of(CodecType.OPUS, 111, CodecType.VP8, 100);
    Map<HeaderExtensionType, Integer> levels = Map.of(HeaderExtensionType.AUDIO_LEVEL, 1);
    ConferenceNumbers numbers = new ConferenceNumbers(two, levels);

    assertThat(numbers.cover(new ConferenceNumbers(one, levels))).isTrue();
    assertThat(new ConferenceNumbers(one, levels).cover(numbers)).isFalse();
    assertThat(numbers.cover(new ConferenceNumbers(one, Map.of()))).isFalse();
    assertThat(numbers.cover(new ConferenceNumbers(Map.of(CodecType.OPUS, 100), levels))).isFalse();
  }

  @Test
  void an_m_section_of_others_or_of_RED_alone_is_refused() {
    assertRefused(Map.of(CodecType.PCMU, 0), audio(Plans.OPUS));
    assertRefused(Map.of(CodecType.PCMU, 0, CodecType.RED, 112), audio(RED, Plans.OPUS));
  }

  private static void assertRefused(Map<CodecType, Integer> numbers, IngestMedia offered) {
    assertThatThrownBy(() -> taken(numbers, offered))
        .hasMessageContaining("PCMU in")
        .isInstanceOfSatisfying(
            BridgeException.class,
            e -> assertThat(e.reason()).isEqualTo(BridgeException.Reason.NO_COMMON_CODEC));
  }
}
