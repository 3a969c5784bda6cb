package io.github.jvbwhip.core.sdp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What of a text is left out is told with its reason, in few words, and without secrets. */
class LeftOutTest {

  @Test
  void a_line_is_told_with_its_number_reason_and_text() throws SdpException {
    LeftOut leftOut = read("a=mid:0\na=extmap:0 urn:x\n");
    assertThat(leftOut)
        .hasToString("line 3: a number from 1 to 4351 is expected (a=extmap:0 urn:x)");
    assertThat(leftOut.reasons()).isEqualTo("line 3: a number from 1 to 4351 is expected");
  }

  @Test
  void nothing_is_told_of_a_text_that_is_understood() throws SdpException {
    assertThat(read("a=mid:0\n")).isEqualTo(new LeftOut(0, List.of()));
    assertThat(read("a=mid:0\n").isEmpty()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a =ice-pwd:hush",
        "x=ice-pwd:hu\u0001sh",
        "a=mid:0 a=ice-pwd:hush",
        "a=candidate:1 a=ICE-PWD:hush",
        "a=crypto:1 hu\u0001sh",
        "a:ice-pwd:hush",
        "hush"
      })
  void what_may_be_a_secret_is_not_told(String line) throws SdpException {
    LeftOut leftOut = read(line + "\n");
    assertThat(leftOut.count()).isEqualTo(1);
    assertThat(leftOut.toString() + leftOut.reasons()).contains("line 2").doesNotContain("sh");
  }

  @Test
  void a_long_line_is_cut_and_has_nothing_that_could_break_a_log() throws SdpException {
    String told = read("a=mid:x\u001b[31m\u2028\u202e " + "y".repeat(3000) + "\n").toString();
    assertThat(told).hasSizeLessThan(160).matches("[ -~]*");
  }

  @Test
  void of_many_lines_the_first_are_told() throws SdpException {
    String many = "a=mid:\n".repeat(1000);
    assertThat(read(many).count()).isEqualTo(1000);
    assertThat(read(many).toString()).hasSizeLessThan(400).endsWith("; and 995 more");
  }

  private static LeftOut read(String lines) throws SdpException {
    return SdpReader.LENIENT.description("v=0\n" + lines).leftOut();
  }
}
