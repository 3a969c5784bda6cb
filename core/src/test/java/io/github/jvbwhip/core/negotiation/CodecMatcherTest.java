package io.github.jvbwhip.core.negotiation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.github.jvbwhip.core.bridge.Codec;
import io.github.jvbwhip.core.bridge.MediaKind;
import io.github.jvbwhip.core.bridge.NegotiatedCodec;
import io.github.jvbwhip.core.negotiation.CodecMatcher.Fit;
import io.github.jvbwhip.core.sdp.RtpAttribute.Fmtp;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Which formats can carry which codecs. */
class CodecMatcherTest {

  static Stream<Arguments> fits() {
    return Stream.of(
        arguments("opus/48000/2", "OPUS/48000/2 stereo=1", Fit.EXACT),
        arguments("opus/48000/2", "opus/48000/1", Fit.NONE),
        arguments("opus/48000/2", "red/48000/2", Fit.NONE),
        arguments(
            "multiopus/48000/6 num_streams=4;coupled_streams=2",
            "multiopus/48000/6 num_streams=4;coupled_streams=2",
            Fit.EXACT),
        arguments(
            "multiopus/48000/6 num_streams=4;coupled_streams=2",
            "multiopus/48000/6 num_streams=5;coupled_streams=2",
            Fit.NONE),
        arguments(
            "multiopus/48000/6 channel_mapping=0", "multiopus/48000/6 channel_mapping=1", Fit.NONE),
        arguments("VP8/90000", "vp8/90000 max-fr=30", Fit.EXACT),
        arguments("VP8/90000", "VP9/90000", Fit.NONE),
        arguments("VP9/90000", "VP9/90000 profile-id=0", Fit.EXACT),
        arguments("VP9/90000 profile-id=2", "VP9/90000", Fit.NONE),
        arguments("AV1/90000", "AV1/90000 profile=0;level-idx=5", Fit.EXACT),
        arguments("AV1/90000", "AV1/90000 profile=1", Fit.DECODES),
        arguments("AV1/90000 profile=1", "AV1/90000", Fit.NONE),
        arguments("AV1/90000 profile=1", "AV1/90000 profile=x", Fit.NONE),
        arguments("AV1/90000 profile=1", "AV1/90000 profile=12", Fit.NONE),
        arguments("H265/90000", "H265/90000 profile-id=1;level-id=93", Fit.EXACT),
        arguments("H265/90000", "H265/90000 profile-id=2", Fit.DECODES),
        arguments("H265/90000 profile-id=2", "H265/90000", Fit.NONE),
        arguments("H265/90000", "H265/90000 tier-flag=1", Fit.DECODES),
        arguments("H265/90000 tier-flag=1", "H265/90000 profile-id=2", Fit.NONE),
        arguments("H265/90000 tx-mode=MRST", "H265/90000", Fit.NONE),
        arguments(h264("42e01f", 1), h264("42e034", 1), Fit.EXACT),
        arguments(h264("42e01f", 1), h264("4d001f", 1), Fit.DECODES),
        arguments(h264("42e01f", 1), h264("64001f", 1), Fit.DECODES),
        arguments(h264("64001f", 1), h264("42e01f", 1), Fit.SAME_PACKETIZATION),
        arguments(h264("42001f", 1), h264("42e01f", 1), Fit.SAME_PACKETIZATION),
        arguments(h264("42e01f", 1), h264("42e01f", 0), Fit.SAME_CODEC),
        arguments(h264("42e01f", 0), "H264/90000 profile-level-id=42e01f", Fit.EXACT));
  }

  @ParameterizedTest
  @MethodSource("fits")
  void fits(String sent, String accepted, Fit fit) {
    assertThat(CodecMatcher.fit(codec(sent), codec(accepted))).isEqualTo(fit);
    assertThat(CodecMatcher.sameFormat(codec(sent), codec(accepted))).isEqualTo(fit == Fit.EXACT);
  }

  @Test
  void kinds_are_apart() {
    Codec audio = new Codec(MediaKind.AUDIO, "x", 90_000, 1, Map.of());
    Codec video = new Codec(MediaKind.VIDEO, "x", 90_000, 1, Map.of());
    assertThat(CodecMatcher.fit(audio, video).usable()).isFalse();
  }

  @Test
  void the_best_is_taken_and_of_equal_ones_the_first() {
    Codec sent = codec(h264("64001f", 1));
    assertThat(best(sent, h264("42e01f", 0), h264("42e01f", 1), h264("640c1f", 1))).isEqualTo(1);
    assertThat(best(sent, h264("42e01f", 0), h264("64002a", 1), h264("64001f", 1))).isEqualTo(1);
    assertThat(best(sent, "VP8/90000", h264("42e01f", 0))).isEqualTo(1);
    assertThat(best(codec(h264("4d001f", 1)), h264("42e01f", 1), h264("64001f", 1))).isEqualTo(1);
  }

  @Test
  void there_may_be_none() {
    assertThat(best(codec("VP9/90000 profile-id=2"), "VP9/90000", "VP8/90000")).isEqualTo(-1);
  }

  /** The index of the best of those formats, -1 when there is none. */
  private static int best(Codec sent, String... accepted) {
    List<NegotiatedCodec> codecs = new ArrayList<>();
    for (String text : accepted) {
      codecs.add(new NegotiatedCodec(codecs.size(), codec(text), OptionalInt.empty(), Set.of()));
    }
    return CodecMatcher.best(sent, codecs).map(NegotiatedCodec::payloadType).orElse(-1);
  }

  private static String h264(String profileLevelId, int mode) {
    return "H264/90000 profile-level-id=" + profileLevelId + ";packetization-mode=" + mode;
  }

  private static Codec codec(String text) {
    String[] parts = text.split(" ", 2);
    String[] encoding = parts[0].split("/");
    MediaKind kind = encoding[1].equals("90000") ? MediaKind.VIDEO : MediaKind.AUDIO;
    return new Codec(
        kind,
        encoding[0],
        Integer.parseInt(encoding[1]),
        encoding.length == 3 ? Integer.parseInt(encoding[2]) : 1,
        new Fmtp(96, parts.length == 2 ? parts[1] : "").parameters());
  }
}
