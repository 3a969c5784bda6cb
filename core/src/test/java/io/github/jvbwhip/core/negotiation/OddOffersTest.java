package io.github.jvbwhip.core.negotiation;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.core.bridge.Codec;
import io.github.jvbwhip.core.bridge.IngestMedia;
import io.github.jvbwhip.core.bridge.MediaKind;
import io.github.jvbwhip.core.sdp.LeftOut;
import io.github.jvbwhip.core.sdp.SdpException;
import io.github.jvbwhip.core.sdp.SdpReader;
import io.github.jvbwhip.core.sdp.SessionDescription;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Offers as the field has them, in bytes: what is not understood is left out and the rest plays, or
 * the offer is refused with a reason, strictly.
 */
class OddOffersTest {
  private static final String TABLE =
      """
      a-group-of-what-is-not-there          | MALFORMED                                       | 0
      a-second-version                      | line 18: a second v= line                       | 1
      blank-lines-between                   | line 6: not of the form letter=value            | 0
      blanks-around-lines                   | line 1: a session description starts with v=0   | 0
      blanks-at-the-end                     | line 32: not of the form letter=value           | 0
      byte-order-mark                       | line 1: a session description starts with v=0   | 0
      carriage-returns-alone                | line 1: a session description starts with v=0   | 0
      control-characters                    | line 5: a control character                     | 3
      doubled-carriage-returns              | line 1: a session description starts with v=0   | 0
      empty-fields                          | the o= line is incomplete                       | 0
      empty-msid                            | line 26: the stream is missing                  | 1
      extmap-out-of-range                   | line 25: a number from 1 to 4351 is expected    | 6
      ice-credentials-as-browsers-take-them | line 8: 4 to 256 letters, digits and +/ are     | 0
      ice-pwd-padding                       | line 9: 22 to 256 letters, digits and +/ are    | 0
      leading-blank-line                    | line 1: a session description starts with v=0   | 0
      line-ends-of-all-kinds                | line 15: a control character                    | 0
      lines-of-no-form                      | line 5: not of the form letter=value            | 6
      long-line                             | line 5: longer than 4096 characters             | 1
      msid-with-spaces                      | line 14: something follows that does not belong | 2
      negative-ssrc                         | line 25: a number from 0 to 4294967295 is       | 1
      no-origin                             | the o= line is missing                          | 0
      no-session-name                       | the s= line is missing                          | 0
      no-times                              | the t= line is missing                          | 0
      nul-and-garbage-at-the-end            | line 32: not of the form letter=value           | 1
      nul-at-the-end                        | line 32: not of the form letter=value           | 0
      odd-candidates                        | line 22: the foundation is missing              | 1
      odd-encodings                         | line 32: the RID is missing                     | 6
      odd-fingerprints                      | line 10: the hash function is missing           | 4
      odd-fmtp                              | line 32: the format is missing                  | 2
      odd-ice-options                       | line 25: an option is missing                   | 2
      odd-identifications                   | line 5: the semantics is missing                | 3
      odd-rtpmap                            | line 33: a number from 0 to 127 is expected     | 5
      odd-ssrcs                             | line 25: a number from 0 to 4294967295 is       | 5
      repeated-attributes                   | NOT_BUNDLED                                     | 0
      rtcp-fb-without-value                 | line 32: the feedback is missing                | 5
      setup-in-capitals                     | line 11: not a setup role                       | 0
      two-streams                           | SEVERAL_STREAMS                                 | 0
      unknown-attributes                    | line 27: an attribute without a name            | 3
      unknown-setup                         | line 11: not a setup role                       | 2
      version-alone                         | the o= line is missing                          | 0
      """;

  static List<String> oddOffers() {
    return Fixtures.ODD_OFFERS;
  }

  static Stream<Arguments> table() {
    return Fixtures.oddTexts(TABLE);
  }

  @ParameterizedTest
  @MethodSource("oddOffers")
  void plays_leniently(String name) throws Exception {
    SdpReader.Reading<SessionDescription> read = SdpReader.LENIENT.description(text(name));
    IngestPlan plan =
        Negotiation.planIngest(read.value(), Fixtures.EVERYTHING, NegotiationRules.LENIENT);

    assertThat(plan.media())
        .extracting(IngestMedia::kind)
        .containsExactly(MediaKind.AUDIO, MediaKind.VIDEO);
    assertThat(plan.media())
        .extracting(media -> media.codecs().get(0).codec())
        .extracting(Codec::name)
        .containsExactly("opus", "H264");
    assertThat(plan.remote().fingerprints()).hasSize(1);
    String answer = Negotiation.answer(plan, Fixtures.LOCAL, 1).write();
    assertThat(answer).contains("a=group:BUNDLE 0 1\r\n").doesNotContain("m=audio 0", "m=video 0");
    assertThat(answer.replace("\r\n", "")).doesNotContain("\r", "\n");
    assertThat(SessionDescription.parse(answer).media()).hasSize(2);
  }

  /**
   * @param strict why the offer is refused
   * @param leftOut how many lines are left out of it, leniently
   */
  @ParameterizedTest
  @MethodSource("table")
  void is_refused_strictly_and_what_is_left_out_is_counted(String name, String strict, int leftOut)
      throws Exception {
    LeftOut lines = SdpReader.LENIENT.description(text(name)).leftOut();
    assertThat(lines.count()).isEqualTo(leftOut);
    assertThat(lines.first()).hasSize(Math.min(leftOut, 5));
    try {
      SessionDescription offer = SessionDescription.parse(text(name));
      throw new AssertionError(
          "taken for "
              + Negotiation.planIngest(offer, Fixtures.EVERYTHING, NegotiationRules.STRICT));
    } catch (SdpException e) {
      assertThat(e).hasMessageStartingWith(strict);
    } catch (NegotiationException e) {
      assertThat(e.reason()).hasToString(strict);
    }
  }

  @Test
  void every_odd_offer_is_in_the_table() {
    assertThat(table().map(row -> (String) row.get()[0]))
        .containsExactlyElementsOf(Fixtures.ODD_OFFERS);
  }

  private static String text(String name) {
    return Fixtures.resource("odd/" + name + ".sdp");
  }
}
