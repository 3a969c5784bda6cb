package io.github.jvbwhip.core.negotiation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.jvbwhip.core.bridge.IceCandidate;
import io.github.jvbwhip.core.sdp.IceFragment;
import io.github.jvbwhip.core.sdp.SdpException;
import io.github.jvbwhip.core.sdp.SdpReader;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies of PATCH as the field has them, in bytes: as {@link OddOffersTest}. */
class OddFragmentsTest {
  private static final String TABLE =
      """
      a-description                         | line 1: a second v= line                     | 1
      blank-lines-between                   | line 2: not of the form letter=value         | 0
      blanks-around-lines                   | line 1: not of the form letter=value         | 0
      blanks-at-the-end                     | line 6: not of the form letter=value         | 0
      byte-order-mark                       | line 1: not of the form letter=value         | 0
      carriage-returns-alone                | line 1: a control character                  | 0
      control-characters                    | line 6: a control character                  | 1
      doubled-carriage-returns              | line 1: a control character                  | 0
      ice-credentials-as-browsers-take-them | line 1: 4 to 256 letters, digits and +/ are  | 0
      ice-pwd-padding                       | line 2: 22 to 256 letters, digits and +/ are | 0
      leading-blank-line                    | line 1: not of the form letter=value         | 0
      lines-of-no-form                      | line 1: not of the form letter=value         | 2
      malformed-attributes                  | line 6: a number from 1 to 4351 is expected  | 5
      nul-at-the-end                        | line 6: not of the form letter=value         | 0
      odd-candidates                        | line 6: the foundation is missing            | 4
      repeated-credentials                  | MALFORMED                                    | 0
      """;

  static List<String> oddFragments() {
    return Fixtures.ODD_FRAGMENTS;
  }

  static Stream<Arguments> table() {
    return Fixtures.oddTexts(TABLE);
  }

  @ParameterizedTest
  @MethodSource("oddFragments")
  void trickles_leniently(String name) throws Exception {
    IceFragment fragment = SdpReader.LENIENT.fragment(text(name)).value();
    IceUpdate update = IceUpdate.of(fragment, NegotiationRules.LENIENT);
    assertThat(update.credentials()).isPresent();
    assertThat(update.candidates()).extracting(IceCandidate::address).containsExactly("192.0.2.1");
  }

  /**
   * @param strict why the fragment is refused
   * @param leftOut how many lines are left out of it, leniently
   */
  @ParameterizedTest
  @MethodSource("table")
  void is_refused_strictly_and_what_is_left_out_is_counted(String name, String strict, int leftOut)
      throws Exception {
    assertThat(SdpReader.LENIENT.fragment(text(name)).leftOut().count()).isEqualTo(leftOut);
    try {
      IceFragment fragment = IceFragment.parse(text(name));
      throw new AssertionError("taken for " + IceUpdate.of(fragment, NegotiationRules.STRICT));
    } catch (SdpException e) {
      assertThat(e).hasMessageStartingWith(strict);
    } catch (NegotiationException e) {
      assertThat(e.reason()).hasToString(strict);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"garbage", "v=0\r\n", "{\"candidate\":\"\"}", "\0a"})
  void what_has_no_attribute_is_no_fragment(String text) {
    assertThatThrownBy(() -> SdpReader.LENIENT.fragment(text)).isInstanceOf(SdpException.class);
  }

  /** Else a restart would be taken for a trickle, and answered as one. */
  @ParameterizedTest
  @ValueSource(strings = {"a=ice-ufrag:x\r\n", "a=ice-pwd:short\r\n", "a=ice-ufrag:ab!d\r\n"})
  void credentials_are_not_left_out(String line) {
    assertThatThrownBy(() -> SdpReader.LENIENT.fragment(line)).isInstanceOf(SdpException.class);
    assertThatThrownBy(() -> SdpReader.LENIENT.description("v=0\n" + line))
        .isInstanceOf(SdpException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\r\n", "a=candidate:\r\n", "a="})
  void what_has_no_candidate_says_nothing(String text) throws Exception {
    IceFragment fragment = SdpReader.LENIENT.fragment(text).value();
    assertThat(IceUpdate.of(fragment, NegotiationRules.LENIENT))
        .isEqualTo(new IceUpdate(Optional.empty(), List.of(), false));
  }

  @Test
  void every_odd_fragment_is_in_the_table() {
    assertThat(table().map(row -> (String) row.get()[0]))
        .containsExactlyElementsOf(Fixtures.ODD_FRAGMENTS);
  }

  private static String text(String name) {
    return Fixtures.resource("odd/" + name + ".sdpfrag");
  }
}
