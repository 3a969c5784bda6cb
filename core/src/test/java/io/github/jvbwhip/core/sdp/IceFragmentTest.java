package io.github.jvbwhip.core.sdp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.jvbwhip.core.sdp.Attribute.Flag;
import io.github.jvbwhip.core.sdp.IceAttribute.Candidate;
import io.github.jvbwhip.core.sdp.IceAttribute.IceOptions;
import io.github.jvbwhip.core.sdp.IceAttribute.IceUfrag;
import java.util.List;
import org.junit.jupiter.api.Test;

/** {@code application/trickle-ice-sdpfrag} (RFC 8840 §9). */
class IceFragmentTest {

  @Test
  void pseudo_media_lines_carry_candidates() throws SdpException {
    IceFragment fragment =
        IceFragment.parse(
            "a=ice-ufrag:EsAw\r\n"
                + "a=ice-pwd:P2uYro0UCOQ4zxjKXaWCBui1\r\n"
                + "m=audio 9 RTP/AVP 0\r\n"
                + "a=mid:audio0\r\n"
                + "a=candidate:1 1 udp 1 192.0.2.1 61764 typ host\r\n"
                + "a=end-of-candidates\r\n");
    assertThat(fragment.all(IceUfrag.class)).containsExactly(new IceUfrag("EsAw"));
    assertThat(fragment.media()).hasSize(1);
    assertThat(fragment.media().get(0).mid()).contains("audio0");
    assertThat(fragment.media().get(0).all(Candidate.class)).hasSize(1);
    assertThat(fragment.has(Flag.END_OF_CANDIDATES)).isTrue();
    assertThat(fragment.has(Flag.ICE_LITE)).isFalse();
  }

  @Test
  void lines_are_kept_in_order_and_written_with_crlf() throws SdpException {
    String text = "a=group:BUNDLE 0\na=x-y\nm=video 9 RTP/AVP 0\na=mid:0\na=ice-lite\n";
    assertThat(IceFragment.parse(text).write()).isEqualTo(text.replace("\n", "\r\n"));
  }

  @Test
  void session_level_candidates_are_kept() throws SdpException {
    IceFragment fragment = IceFragment.parse("a=candidate:1 1 udp 1 192.0.2.1 6 typ host\n");
    assertThat(fragment.all(Candidate.class)).hasSize(1);
    assertThat(fragment.has(Flag.END_OF_CANDIDATES)).isFalse();
  }

  @Test
  void an_empty_text_is_an_empty_fragment() throws SdpException {
    assertThat(IceFragment.parse("")).isEqualTo(new IceFragment(List.of(), List.of()));
  }

  @Test
  void the_options_of_the_restart_are_read() throws SdpException {
    IceFragment fragment = IceFragment.parse("a=ice-options:trickle ice2\n");
    assertThat(fragment.all(IceOptions.class))
        .containsExactly(new IceOptions(List.of("trickle", "ice2")));
  }

  @Test
  void a_broken_candidate_is_an_error_with_its_line() {
    assertThatThrownBy(() -> IceFragment.parse("a=mid:0\na=candidate:1 1 udp\n"))
        .isInstanceOfSatisfying(SdpException.class, e -> assertThat(e.line()).isEqualTo(2));
  }

  @Test
  void a_fragment_has_no_version() {
    assertThatThrownBy(() -> IceFragment.parse("v=0\r\na=mid:0\r\n"))
        .isInstanceOf(SdpException.class);
  }
}
