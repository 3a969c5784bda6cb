package io.github.jvbwhip.core.sdp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Each bound: what just fits is taken, one more is not. */
class SdpLimitsTest {
  private static final String HEAD = "v=0\no=- 1 1 IN IP4 127.0.0.1\ns=-\nt=0 0\n";
  private static final int HEAD_LINES = 4;
  private static final SdpLimits LIMITS = SdpLimits.DEFAULT;

  @Test
  void the_whole_text() throws SdpException {
    StringBuilder text = new StringBuilder(HEAD);
    while (text.length() < LIMITS.length() - LIMITS.lineLength()) {
      text.append("a=x:").append("y".repeat(900)).append('\n');
    }
    int rest = LIMITS.length() - text.length() - "a=\n".length();
    text.append("a=").append("z".repeat(rest)).append('\n');
    assertThat(text).hasSize(LIMITS.length());
    assertThat(SessionDescription.parse(text.toString()).write())
        .hasSizeGreaterThan(LIMITS.length());
    assertRefused(text.append('\n').toString(), 0);
  }

  @Test
  void one_line() throws SdpException {
    String longest = "a=" + "x".repeat(LIMITS.lineLength() - 2);
    assertThat(SessionDescription.parse(HEAD + longest + "\r\n").lines()).hasSize(HEAD_LINES + 1);
    assertRefused(HEAD + longest + "x\r\n", HEAD_LINES + 1);
  }

  @Test
  void the_media_sections() throws SdpException {
    String most = HEAD + "m=audio 9 RTP/AVP 0\n".repeat(LIMITS.sections());
    assertThat(SessionDescription.parse(most).media()).hasSize(LIMITS.sections());
    assertRefused(most + "m=audio 9 RTP/AVP 0\n", HEAD_LINES + LIMITS.sections() + 1);
  }

  @Test
  void the_lines_of_a_section() throws SdpException {
    String most = HEAD + "m=audio 9 RTP/AVP 0\n" + "a=x\n".repeat(LIMITS.sectionLines());
    assertThat(SessionDescription.parse(most).media().get(0).lines())
        .hasSize(LIMITS.sectionLines());
    assertRefused(most + "a=x\n", HEAD_LINES + 2 + LIMITS.sectionLines());
  }

  @Test
  void the_lines_of_the_session() {
    assertRefused(HEAD + "a=x\n".repeat(LIMITS.sectionLines()), LIMITS.sectionLines() + 1);
  }

  @Test
  void fragments_have_the_same_bounds() {
    assertThatThrownBy(() -> IceFragment.parse("a=x\n".repeat(LIMITS.length() / 4 + 1)))
        .isInstanceOf(SdpException.class)
        .hasMessageContaining("longer");
  }

  @Test
  void the_candidates_of_a_section() throws SdpException {
    String candidate = "a=candidate:1 1 udp 1 192.0.2.1 5 typ host\n";
    String most = HEAD + "m=audio 9 RTP/AVP 0\n" + candidate.repeat(LIMITS.candidates());
    assertThat(SessionDescription.parse(most).media().get(0).lines()).hasSize(LIMITS.candidates());
    assertRefused(most + candidate, HEAD_LINES + 2 + LIMITS.candidates());
  }

  /** What a lenient reader leaves out of a section counts as well. */
  @Test
  void lenient_reading_has_the_same_bounds() {
    String section = HEAD + "m=audio 9 RTP/AVP 0\n" + "a=\n".repeat(LIMITS.sectionLines() + 1);
    String sections = HEAD + "m=audio 9 RTP/AVP 0\n".repeat(LIMITS.sections() + 1);
    String length = HEAD + " ".repeat(LIMITS.length());
    for (String text : List.of(section, sections, length)) {
      assertThatThrownBy(() -> SdpReader.LENIENT.description(text))
          .isInstanceOf(SdpException.class)
          .hasMessageContaining("than");
    }
  }

  /** A line or a candidate too many costs no session, where lines may be left out. */
  @Test
  void lenient_reading_leaves_out_what_is_too_long_or_too_many() throws SdpException {
    String candidate = "a=candidate:1 1 udp 1 192.0.2.1 5 typ host\n";
    String text =
        HEAD
            + "a=identity:"
            + "x".repeat(LIMITS.lineLength())
            + "\nm=audio 9 RTP/AVP 0\n"
            + candidate.repeat(LIMITS.candidates() + 2);
    SdpReader.Reading<SessionDescription> read = SdpReader.LENIENT.description(text);
    assertThat(read.leftOut().count()).isEqualTo(3);
    assertThat(read.value().lines()).hasSize(HEAD_LINES);
    assertThat(read.value().media().get(0).lines()).hasSize(LIMITS.candidates());
  }

  @Test
  void an_offer_of_chromium_with_16_sections_is_far_from_the_bounds() throws Exception {
    String text = Files.readString(Path.of("src/test/resources/large/chromium-whep-16.sdp"));
    SessionDescription offer = SessionDescription.parse(text);
    assertThat(offer.media()).hasSize(16);
    assertThat(2 * text.length()).isLessThan(LIMITS.length());
    assertThat(offer.media())
        .allSatisfy(
            section -> {
              assertThat(4 * section.lines().size()).isLessThan(LIMITS.sectionLines());
              assertThat(4 * section.all(IceAttribute.Candidate.class).size())
                  .isLessThan(LIMITS.candidates());
            });
    assertThat(text.lines()).allMatch(line -> 8 * line.length() < LIMITS.lineLength());
  }

  private static void assertRefused(String text, int line) {
    assertThatThrownBy(() -> SessionDescription.parse(text))
        .isInstanceOfSatisfying(SdpException.class, e -> assertThat(e.line()).isEqualTo(line));
  }
}
