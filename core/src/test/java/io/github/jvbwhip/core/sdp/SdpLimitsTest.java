package io.github.jvbwhip.core.sdp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** Each bound: what just fits is taken, one more is not. */
class SdpLimitsTest {
  private static final String HEAD = "v=0\no=- 1 1 IN IP4 127.0.0.1\ns=-\nt=0 0\n";
  private static final int HEAD_LINES = 4;

  @Test
  void the_whole_text() throws SdpException {
    StringBuilder text = new StringBuilder(HEAD);
    for (int i = 0; i < SdpLimits.MAX_LENGTH / 1000; i++) {
      text.append("a=x:").append("y".repeat(900)).append('\n');
    }
    text.append("a=").append("z".repeat(4000)).append('\n');
    int rest = SdpLimits.MAX_LENGTH - text.length() - "a=\n".length();
    text.append("a=").append("z".repeat(rest)).append('\n');
    assertThat(text).hasSize(SdpLimits.MAX_LENGTH);
    assertThat(SessionDescription.parse(text.toString()).write())
        .hasSizeGreaterThan(SdpLimits.MAX_LENGTH);
    assertRefused(text.append('\n').toString(), 0);
  }

  @Test
  void one_line() throws SdpException {
    String longest = "a=" + "x".repeat(SdpLimits.MAX_LINE_LENGTH - 2);
    assertThat(SessionDescription.parse(HEAD + longest + "\r\n").lines()).hasSize(HEAD_LINES + 1);
    assertRefused(HEAD + longest + "x\r\n", HEAD_LINES + 1);
  }

  @Test
  void the_media_sections() throws SdpException {
    String most = HEAD + "m=audio 9 RTP/AVP 0\n".repeat(SdpLimits.MAX_MEDIA);
    assertThat(SessionDescription.parse(most).media()).hasSize(SdpLimits.MAX_MEDIA);
    assertRefused(most + "m=audio 9 RTP/AVP 0\n", HEAD_LINES + SdpLimits.MAX_MEDIA + 1);
  }

  @Test
  void the_lines_of_a_section() throws SdpException {
    String most = HEAD + "m=audio 9 RTP/AVP 0\n" + "a=x\n".repeat(SdpLimits.MAX_LINES_PER_SECTION);
    assertThat(SessionDescription.parse(most).media().get(0).lines())
        .hasSize(SdpLimits.MAX_LINES_PER_SECTION);
    assertRefused(most + "a=x\n", HEAD_LINES + 2 + SdpLimits.MAX_LINES_PER_SECTION);
  }

  @Test
  void the_lines_of_the_session() {
    assertRefused(
        HEAD + "a=x\n".repeat(SdpLimits.MAX_LINES_PER_SECTION),
        SdpLimits.MAX_LINES_PER_SECTION + 1);
  }

  @Test
  void fragments_have_the_same_bounds() {
    assertThatThrownBy(() -> IceFragment.parse("a=x\n".repeat(SdpLimits.MAX_LENGTH / 4 + 1)))
        .isInstanceOf(SdpException.class)
        .hasMessageContaining("longer");
  }

  private static void assertRefused(String text, int line) {
    assertThatThrownBy(() -> SessionDescription.parse(text))
        .isInstanceOfSatisfying(SdpException.class, e -> assertThat(e.line()).isEqualTo(line));
  }
}
