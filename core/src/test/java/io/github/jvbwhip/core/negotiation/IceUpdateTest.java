package io.github.jvbwhip.core.negotiation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.jvbwhip.core.bridge.IceCandidate;
import io.github.jvbwhip.core.bridge.IceCredentials;
import io.github.jvbwhip.core.negotiation.NegotiationException.Reason;
import io.github.jvbwhip.core.sdp.IceFragment;
import io.github.jvbwhip.core.sdp.SdpException;
import org.junit.jupiter.api.Test;

/** What a PATCH says: candidates, their end, or a restart (RFC 9725 §4.3). */
class IceUpdateTest {
  private static final String PWD = "P2uYro0UCOQ4zxjKXaWCBui1";
  private static final IceCredentials OFFERED =
      new IceCredentials("EsAw", "bP+XJMM09aR8AiX1jdukzR6Y");

  @Test
  void the_trickle_example_of_the_rfc_is_no_restart() throws Exception {
    IceUpdate update = update(Fixtures.resource("examples/rfc9725-trickle.sdpfrag"));
    assertThat(update.candidates())
        .extracting(IceCandidate::address)
        .containsExactly("192.0.2.1", "198.51.100.2", "192.0.2.1", "198.51.100.2");
    assertThat(update.endOfCandidates()).isTrue();
    assertThat(update.restarts(OFFERED)).isFalse();
  }

  @Test
  void the_restart_example_of_the_rfc_is_a_restart() throws Exception {
    IceUpdate update = update(Fixtures.resource("examples/rfc9725-restart-request.sdpfrag"));
    assertThat(update.credentials())
        .contains(new IceCredentials("ysXw", "vw5LmwG4y/e6dPP/zAP9Gp5k"));
    assertThat(update.restarts(OFFERED)).isTrue();
    assertThat(update.candidates()).hasSize(4);
    assertThat(update.endOfCandidates()).isFalse();
  }

  @Test
  void credentials_may_be_at_the_session_level() throws Exception {
    IceUpdate update =
        update(
            "a=ice-ufrag:new1\na=ice-pwd:"
                + PWD
                + "\nm=audio 9 RTP/AVP 0\na=mid:audio0\n"
                + "a=candidate:1 1 udp 1 192.0.2.1 5 typ host\n");
    assertThat(update.restarts(OFFERED)).isTrue();
    assertThat(update.candidates()).hasSize(1);
  }

  @Test
  void credentials_repeated_in_the_sections_are_the_same() throws Exception {
    String credentials = "a=ice-ufrag:new1\na=ice-pwd:" + PWD + "\n";
    IceUpdate update = update(credentials + "m=audio 9 RTP/AVP 0\na=mid:0\n" + credentials);
    assertThat(update.credentials()).contains(new IceCredentials("new1", PWD));
  }

  @Test
  void candidates_without_a_media_line_are_taken() throws Exception {
    IceUpdate update = update("a=mid:0\na=candidate:1 1 udp 1 192.0.2.1 5 typ host\n");
    assertThat(update.candidates()).hasSize(1);
    assertThat(update.credentials()).isEmpty();
    assertThat(update.restarts(OFFERED)).isFalse();
  }

  @Test
  void unusable_candidates_are_no_error() throws Exception {
    IceUpdate update =
        update(
            "m=audio 9 RTP/AVP 0\na=mid:0\n"
                + "a=candidate:1 1 quic 1 192.0.2.1 5 typ host\n"
                + "a=candidate:2 1 udp 1 0a1b2c3d.local 6 typ host\n"
                + "a=candidate:3 1 tcp 1 192.0.2.1 9 typ host tcptype active\n");
    assertThat(update.candidates()).extracting(IceCandidate::foundation).containsExactly("2", "3");
  }

  @Test
  void the_end_of_candidates_alone_is_an_update() throws Exception {
    assertThat(update("m=audio 9 RTP/AVP 0\na=mid:0\na=end-of-candidates\n").endOfCandidates())
        .isTrue();
    assertThat(update("a=end-of-candidates\n").endOfCandidates()).isTrue();
  }

  @Test
  void half_credentials_are_malformed() {
    assertMalformed("a=ice-ufrag:new1\n");
    assertMalformed("m=audio 9 RTP/AVP 0\na=mid:0\na=ice-pwd:" + PWD + "\n");
    assertMalformed("a=ice-ufrag:new1\na=ice-ufrag:new2\na=ice-pwd:" + PWD + "\n");
  }

  @Test
  void what_is_written_twice_is_the_same_leniently() throws Exception {
    String credentials = "a=ice-ufrag:new1\na=ice-pwd:" + PWD + "\n";
    IceFragment fragment = IceFragment.parse(credentials + credentials);
    assertThat(IceUpdate.of(fragment, NegotiationRules.LENIENT).credentials())
        .contains(new IceCredentials("new1", PWD));
    assertMalformed(credentials + credentials);
  }

  @Test
  void several_credentials_are_malformed() {
    assertMalformed(
        "m=audio 9 RTP/AVP 0\na=mid:0\na=ice-ufrag:new1\na=ice-pwd:"
            + PWD
            + "\nm=video 9 RTP/AVP 0\na=mid:1\na=ice-ufrag:new2\na=ice-pwd:"
            + PWD
            + "\n");
  }

  private static void assertMalformed(String text) {
    assertThatThrownBy(() -> update(text))
        .isInstanceOfSatisfying(
            NegotiationException.class, e -> assertThat(e.reason()).isEqualTo(Reason.MALFORMED));
  }

  private static IceUpdate update(String text) throws NegotiationException, SdpException {
    return IceUpdate.of(IceFragment.parse(text), NegotiationRules.STRICT);
  }
}
