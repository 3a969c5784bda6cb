package io.github.jvbwhip.core.negotiation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.jvbwhip.core.bridge.IngestMedia;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a browser's offer of everything comes to. */
class CodecPreferenceTest {

  private static IngestPlan plan(String... preferences) throws NegotiationException {
    return Negotiation.planIngest(
        Fixtures.offer("chromium-whip"),
        Fixtures.EVERYTHING,
        NegotiationRules.LENIENT,
        List.of(preferences).stream().map(CodecPreferenceTest::preference).toList());
  }

  private static CodecPreference preference(String names) {
    return CodecPreference.of(names.isEmpty() ? List.of() : List.of(names.split(",", -1)));
  }

  private static List<String> names(IngestMedia media) {
    return media.codecs().stream().map(codec -> codec.codec().name()).distinct().toList();
  }

  @ParameterizedTest
  @CsvSource({
    "'', opus red, VP8 H264 AV1 VP9",
    "h264, opus red, H264",
    "'H264,opus', opus, H264",
    "'vp9,h264', opus red, VP9 H264",
    "'vp9,*', opus red, VP9 VP8 H264 AV1",
    "'vp9,red,*', red opus, VP9 VP8 H264 AV1",
    "*, opus red, VP8 H264 AV1 VP9",
    "'h265,vp8', opus red, VP8",
  })
  void what_is_named_comes_first_or_is_all_that_is_taken(String names, String audio, String video)
      throws Exception {
    IngestPlan plan = plan(names);
    assertThat(names(plan.media().get(0))).containsExactly(audio.split(" "));
    assertThat(names(plan.media().get(1))).containsExactly(video.split(" "));
  }

  @Test
  void the_answer_has_them_in_that_order_with_their_retransmissions() throws Exception {
    String answer = Negotiation.answer(plan("vp9,vp8"), Fixtures.LOCAL, 1).write();

    assertThat(answer)
        .contains("m=video 9 UDP/TLS/RTP/SAVPF 98 99 100 101 96 97\r\n")
        .contains("a=fmtp:97 apt=96\r\n")
        .doesNotContain("H264")
        .doesNotContain("AV1");
  }

  @Test
  void the_second_one_chooses_of_what_the_first_one_left() throws Exception {
    assertThat(names(plan("h264,vp8", "vp8,*").media().get(1))).containsExactly("VP8", "H264");
    assertThatThrownBy(() -> plan("h264", "av1"))
        .isInstanceOf(NegotiationException.class)
        .hasMessageContaining("AV1")
        .extracting(e -> ((NegotiationException) e).reason())
        .isEqualTo(NegotiationException.Reason.NO_COMMON_CODEC);
  }

  @Test
  void an_offer_with_none_of_them_is_refused_and_told_which() {
    assertThatThrownBy(() -> plan("h265")).hasMessageContaining("Offer at least one of H265");
    assertThatThrownBy(() -> plan("red")).as("of nothing").hasMessageContaining("red");
  }

  @ParameterizedTest
  @ValueSource(strings = {"h263", " h264", "*,vp8", "vp8,", ",vp8", "vp8;h264", "ulpfec", "rtx"})
  void what_is_no_list_of_codecs_is_refused(String names) {
    assertThatThrownBy(() -> preference(names)).isInstanceOf(IllegalArgumentException.class);
  }
}
