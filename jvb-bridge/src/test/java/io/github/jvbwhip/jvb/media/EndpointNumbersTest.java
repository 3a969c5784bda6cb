package io.github.jvbwhip.jvb.media;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.core.bridge.Codec;
import io.github.jvbwhip.core.bridge.Feedback;
import io.github.jvbwhip.core.bridge.HeaderExtensionType;
import io.github.jvbwhip.core.bridge.IngestMedia;
import io.github.jvbwhip.core.bridge.MediaKind;
import io.github.jvbwhip.core.bridge.NegotiatedCodec;
import io.github.jvbwhip.core.bridge.NegotiatedExtension;
import io.github.jvbwhip.core.bridge.PlannedEncoding;
import io.github.jvbwhip.core.codec.CodecType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

class EndpointNumbersTest {
  private static final Codec RED = new Codec(MediaKind.AUDIO, "red", 48000, 2, Map.of());
  private static final PlannedEncoding REPAIRED =
      new PlannedEncoding(Optional.empty(), OptionalLong.of(1), OptionalLong.of(2));

  private static EndpointNumbers numbers(int vp8, int rtx, int transportCc) {
    return new EndpointNumbers(
        Map.of(CodecType.VP8, vp8),
        Map.of(CodecType.VP8, rtx),
        Map.of(HeaderExtensionType.TRANSPORT_CC, transportCc));
  }

  /** VP8 as 96, H264 as 102, both with retransmissions; transport-cc with id 3. */
  private static IngestMedia video() {
    return new IngestMedia(
        "v",
        MediaKind.VIDEO,
        List.of(codec(102, Plans.H264, 103), codec(96, Plans.VP8, 97)),
        List.of(
            new NegotiatedExtension(3, HeaderExtensionType.TRANSPORT_CC),
            new NegotiatedExtension(4, HeaderExtensionType.MID)),
        List.of(REPAIRED));
  }

  private static NegotiatedCodec codec(int number, Codec codec, int rtx) {
    return new NegotiatedCodec(
        number, codec, OptionalInt.of(rtx), Set.of(Feedback.NACK, Feedback.TRANSPORT_CC));
  }

  @Test
  void what_has_just_these_numbers_stays() {
    IngestMedia common = numbers(96, 97, 3).common(video());
    assertThat(common.codecs()).containsExactly(codec(96, Plans.VP8, 97));
    assertThat(common.extensions())
        .containsExactly(new NegotiatedExtension(3, HeaderExtensionType.TRANSPORT_CC));
    assertThat(common.encodings()).containsExactly(REPAIRED);
  }

  @Test
  void a_codec_with_another_number_is_none() {
    assertThat(numbers(102, 97, 3).codecs(video())).isEmpty();
  }

  @Test
  void retransmissions_with_another_number_are_none() {
    IngestMedia common = numbers(96, 99, 3).common(video());
    assertThat(common.codecs().get(0).rtxPayloadType()).isEmpty();
    assertThat(common.encodings().get(0).rtxSsrc()).isEmpty();
  }

  @Test
  void without_the_extension_there_is_no_feedback_of_it() {
    IngestMedia common = numbers(96, 97, 5).common(video());
    assertThat(common.extensions()).isEmpty();
    assertThat(common.codecs().get(0).feedback()).containsExactly(Feedback.NACK);
  }

  @Test
  void redundant_audio_whose_number_for_opus_is_not_known_here_is_none() {
    IngestMedia audio =
        Plans.audio(1)
            .withCodecs(
                List.of(
                    new NegotiatedCodec(63, RED, OptionalInt.empty(), Set.of()),
                    new NegotiatedCodec(111, Plans.OPUS, OptionalInt.empty(), Set.of())));
    EndpointNumbers both =
        new EndpointNumbers(Map.of(CodecType.OPUS, 111, CodecType.RED, 63), Map.of(), Map.of());
    assertThat(both.codecs(audio)).extracting(NegotiatedCodec::codec).containsExactly(Plans.OPUS);
  }
}
