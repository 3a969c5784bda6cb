package io.github.jvbwhip.core.sdp;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.core.sdp.Attribute.DirectionOf;
import io.github.jvbwhip.core.sdp.Attribute.Flag;
import io.github.jvbwhip.core.sdp.Attribute.SetupRole;
import io.github.jvbwhip.core.sdp.IceAttribute.FingerprintOf;
import io.github.jvbwhip.core.sdp.IceAttribute.IceUfrag;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Lines, sections and their order. */
class SessionDescriptionTest {
  private static final String HEAD = "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\n";

  @Test
  void what_is_not_understood_is_kept_verbatim_and_in_place() throws SdpException {
    String text =
        HEAD
            + "b=AS:2000\r\n"
            + "z=0 0\r\n"
            + "i=\r\n"
            + "a=x-session: spaced  out \r\n"
            + "m=audio 9/2 UDP/TLS/RTP/SAVPF 111 0\r\n"
            + "i=an audio title\r\n"
            + "c=IN IP4 0.0.0.0\r\n"
            + "a=x-one\r\n"
            + "a=rtcp-mux\r\n"
            + "a=x-two:2\r\n";
    assertThat(SessionDescription.parse(text).write()).isEqualTo(text);
  }

  @Test
  void line_feeds_alone_are_taken_and_written_as_crlf() throws SdpException {
    String text = HEAD + "m=audio 9 UDP/TLS/RTP/SAVPF 111\r\na=mid:0\r\n";
    SessionDescription fromLf = SessionDescription.parse(text.replace("\r\n", "\n"));
    assertThat(fromLf).isEqualTo(SessionDescription.parse(text));
    assertThat(fromLf.write()).isEqualTo(text);
  }

  @Test
  void the_last_line_needs_no_line_end() throws SdpException {
    assertThat(SessionDescription.parse(HEAD + "a=mid:0"))
        .isEqualTo(SessionDescription.parse(HEAD + "a=mid:0\r\n"));
  }

  @Test
  void empty_lines_at_the_end_are_ignored() throws SdpException {
    assertThat(SessionDescription.parse(HEAD + "\r\n\n\r\n").write()).isEqualTo(HEAD);
  }

  @Test
  void attributes_before_the_times_are_taken() throws SdpException {
    SessionDescription parsed =
        SessionDescription.parse("v=0\na=ice-lite\ns=-\no=- 1 1 IN IP4 0.0.0.0\nt=0 0\n");
    assertThat(parsed.has(Flag.ICE_LITE)).isTrue();
    assertThat(parsed.has(Flag.EXTMAP_ALLOW_MIXED)).isFalse();
  }

  @Test
  void the_media_line_is_read() throws SdpException {
    MediaDescription media =
        SessionDescription.parse(
                HEAD + "m=video 0/2  RTP/SAVPF 96  97\r\na=mid:v\r\na=rtcp-mux\r\n")
            .media()
            .get(0);
    assertThat(media.media()).isEqualTo("video");
    assertThat(media.port()).isZero();
    assertThat(media.portCount()).isEqualTo(2);
    assertThat(media.protocol()).isEqualTo("RTP/SAVPF");
    assertThat(media.formats()).containsExactly("96", "97");
    assertThat(media.mid()).contains("v");
    assertThat(media.has(Flag.RTCP_MUX)).isTrue();
    assertThat(media.has(Flag.RTCP_RSIZE)).isFalse();
  }

  @Test
  void sections_inherit_what_they_do_not_say() throws SdpException {
    SessionDescription parsed =
        SessionDescription.parse(
            HEAD
                + "a=setup:actpass\r\na=sendonly\r\na=fingerprint:sha-256 AA\r\n"
                + "m=audio 9 UDP/TLS/RTP/SAVPF 111\r\n"
                + "m=video 9 UDP/TLS/RTP/SAVPF 96\r\na=setup:active\r\na=fingerprint:sha-1 BB\r\n");
    MediaDescription audio = parsed.media().get(0);
    MediaDescription video = parsed.media().get(1);
    assertThat(parsed.inherited(audio, SetupRole.class)).contains(new SetupRole(Setup.ACTPASS));
    assertThat(parsed.inherited(video, SetupRole.class)).contains(new SetupRole(Setup.ACTIVE));
    assertThat(parsed.inherited(video, DirectionOf.class))
        .contains(new DirectionOf(Direction.SENDONLY));
    assertThat(parsed.inherited(video, IceUfrag.class)).isEmpty();
    assertThat(parsed.allInherited(audio, FingerprintOf.class))
        .isEqualTo(List.of(new FingerprintOf("sha-256", "AA")));
    assertThat(parsed.allInherited(video, FingerprintOf.class))
        .isEqualTo(List.of(new FingerprintOf("sha-1", "BB")));
  }

  @Test
  void passwords_are_not_in_the_diagnostic_text() throws SdpException {
    SessionDescription parsed =
        SessionDescription.parse(HEAD + "a=ice-pwd:abcdefghijklmnopqrstuv\r\n");
    assertThat(parsed.toString()).doesNotContain("abcdefghijklmnopqrstuv");
  }
}
