package io.github.jvbwhip.core.negotiation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.jvbwhip.core.bridge.HeaderExtensionType;
import io.github.jvbwhip.core.bridge.IngestMedia;
import io.github.jvbwhip.core.bridge.NegotiatedExtension;
import io.github.jvbwhip.core.negotiation.NegotiationException.Reason;
import org.junit.jupiter.api.Test;

/** Publishers with several m-sections of a kind, such as a camera and a screen. */
class SeveralTracksTest {
  private static final String MID = "a=extmap:4 urn:ietf:params:rtp-hdrext:sdes:mid\n";
  private static final String LEVEL = "a=extmap:1 urn:ietf:params:rtp-hdrext:ssrc-audio-level\n";

  private static String audio(int mid, String lines) {
    return Offers.AUDIO.replace("mid:0", "mid:" + mid) + lines;
  }

  private static String video(int mid, String lines) {
    return Offers.VIDEO.replace("mid:1", "mid:" + mid) + lines;
  }

  private static IngestPlan plan(String... sections) throws NegotiationException {
    StringBuilder bundle = new StringBuilder("a=group:BUNDLE");
    for (int i = 0; i < sections.length; i++) {
      bundle.append(' ').append(i);
    }
    return Negotiation.planIngest(
        Fixtures.parse(Offers.HEAD + bundle + "\n" + String.join("", sections)),
        Fixtures.EVERYTHING,
        NegotiationRules.LENIENT);
  }

  private static void assertRefused(Reason reason, String word, String... sections) {
    assertThatThrownBy(() -> plan(sections))
        .isInstanceOfSatisfying(
            NegotiationException.class,
            e -> {
              assertThat(e.reason()).isEqualTo(reason);
              assertThat(e.detail()).contains(word);
            });
  }

  @Test
  void sections_that_packets_tell_by_mid_are_all_taken_in_order() throws Exception {
    IngestPlan plan = plan(audio(0, MID), video(1, MID), video(2, MID), audio(3, MID));

    assertThat(plan.media()).extracting(IngestMedia::mid).containsExactly("0", "1", "2", "3");
    assertThat(plan.outline().bundle()).containsExactly("0", "1", "2", "3");
    assertThat(plan.outline().sections()).allMatch(section -> section.accepted().isPresent());
  }

  @Test
  void sections_with_the_same_payload_types_have_to_be_told_apart_somehow() throws Exception {
    assertRefused(
        Reason.SECTION_REFUSED, "sdes:mid to the m=video section 1", video(0, MID), video(1, ""));
    String rtx = "a=rtpmap:97 rtx/90000\na=fmtp:97 apt=96\n";
    String[] noRepair = {
      video(0, rtx + "a=ssrc:7 cname:c\n").replace("SAVPF 96", "SAVPF 96 97"),
      video(1, rtx + "a=ssrc:8 cname:c\n").replace("SAVPF 96", "SAVPF 96 97")
    };
    assertRefused(Reason.SECTION_REFUSED, "sdes:mid to the m=video section 0", noRepair);

    assertThat(plan(video(0, "a=ssrc:7 cname:c\n"), video(1, "a=ssrc:8 cname:c\n")).media())
        .hasSize(2);
    assertThat(plan(video(0, ""), video(1, "").replace("96", "98")).media()).hasSize(2);
  }

  /** Bridges read one id for all. */
  @Test
  void a_mid_of_another_id_tells_nothing() {
    assertRefused(
        Reason.SECTION_REFUSED,
        "sdes:mid to the m=video section 1",
        video(0, MID),
        video(1, MID.replace("extmap:4", "extmap:5")));
  }

  @Test
  void an_ssrc_is_of_one_section() throws Exception {
    String ssrc = "a=ssrc:7 cname:c\n";
    assertRefused(
        Reason.SECTION_REFUSED,
        "than 7 in the m=video section 1",
        video(0, MID + ssrc),
        video(1, MID + ssrc));
    assertRefused(
        Reason.SECTION_REFUSED,
        "than 7 in the m=video section 1",
        audio(0, ssrc),
        video(1, "a=ssrc:8 cname:c\na=ssrc-group:FID 8 7\n"));

    assertThat(plan(audio(0, ssrc), video(1, ssrc.replace("7", "8"))).media()).hasSize(2);
  }

  @Test
  void the_first_audio_alone_tells_its_level() throws Exception {
    IngestPlan plan = plan(audio(0, MID + LEVEL), audio(1, MID + LEVEL), video(2, MID));

    assertThat(plan.media().get(0).extensions())
        .extracting(NegotiatedExtension::type)
        .containsExactly(HeaderExtensionType.MID, HeaderExtensionType.AUDIO_LEVEL);
    assertThat(plan.media().get(1).extensions())
        .extracting(NegotiatedExtension::type)
        .containsExactly(HeaderExtensionType.MID);
    assertThat(plan.outline().sections().get(1).accepted().orElseThrow().extensions())
        .extracting(line -> line.uri())
        .containsExactly(HeaderExtensionType.MID.uri());
  }

  @Test
  void there_are_at_most_four_of_a_kind_and_sixteen_encodings() throws Exception {
    String[] four = {video(0, MID), video(1, MID), video(2, MID), video(3, MID), audio(4, MID)};
    assertThat(plan(four).media()).hasSize(5);
    four[4] = video(4, MID);
    assertRefused(
        Reason.TWO_MEDIA_OF_ONE_KIND, "at most 4 video m-sections: publish the m=video", four);

    StringBuilder simulcast = new StringBuilder(MID).append("a=simulcast:send 0");
    for (int i = 1; i < 8; i++) {
      simulcast.append(';').append(i);
    }
    simulcast.append('\n');
    for (int i = 0; i < 8; i++) {
      simulcast.append("a=rid:").append(i).append(" send\n");
    }
    String eight = simulcast.toString();
    assertThat(plan(video(0, eight), video(1, eight)).media()).hasSize(2);
    assertRefused(
        Reason.SECTION_REFUSED,
        "at most 16 encodings",
        video(0, eight),
        video(1, eight),
        audio(2, MID));
  }

  @Test
  void strictly_the_section_that_is_too_many_is_named() {
    assertThatThrownBy(
            () ->
                Negotiation.planIngest(
                    Fixtures.parse(
                        Offers.PUBLISHER.replace("BUNDLE 0 1", "BUNDLE 0 1 2") + video(2, MID)),
                    Fixtures.EVERYTHING,
                    NegotiationRules.STRICT))
        .hasMessageContaining("publish the m=video section 2 as a stream of its own");
  }
}
