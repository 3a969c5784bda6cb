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
  void theTrickleExampleOfTheRfcIsNoRestart() throws Exception {
    IceUpdate update = update(Fixtures.resource("examples/rfc9725-trickle.sdpfrag"));
    assertThat(update.candidates())
        .extracting(IceCandidate::address)
        .containsExactly("192.0.2.1", "198.51.100.2", "192.0.2.1", "198.51.100.2");
    assertThat(update.endOfCandidates()).isTrue();
    assertThat(update.restarts(OFFERED)).isFalse();
  }

  @Test
  void theRestartExampleOfTheRfcIsARestart() throws Exception {
    IceUpdate update = update(Fixtures.resource("examples/rfc9725-restart-request.sdpfrag"));
    assertThat(update.credentials())
        .contains(new IceCredentials("ysXw", "vw5LmwG4y/e6dPP/zAP9Gp5k"));
    assertThat(update.restarts(OFFERED)).isTrue();
    assertThat(update.candidates()).hasSize(4);
    assertThat(update.endOfCandidates()).isFalse();
  }

  @Test
  void credentialsMayBeAtTheSessionLevel() throws Exception {
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
  void credentialsRepeatedInTheSectionsAreTheSame() throws Exception {
    String credentials = "a=ice-ufrag:new1\na=ice-pwd:" + PWD + "\n";
    IceUpdate update = update(credentials + "m=audio 9 RTP/AVP 0\na=mid:0\n" + credentials);
    assertThat(update.credentials()).contains(new IceCredentials("new1", PWD));
  }

  @Test
  void candidatesWithoutAMediaLineAreTaken() throws Exception {
    IceUpdate update = update("a=mid:0\na=candidate:1 1 udp 1 192.0.2.1 5 typ host\n");
    assertThat(update.candidates()).hasSize(1);
    assertThat(update.credentials()).isEmpty();
    assertThat(update.restarts(OFFERED)).isFalse();
  }

  @Test
  void unusableCandidatesAreNoError() throws Exception {
    IceUpdate update =
        update(
            "m=audio 9 RTP/AVP 0\na=mid:0\n"
                + "a=candidate:1 1 quic 1 192.0.2.1 5 typ host\n"
                + "a=candidate:2 1 udp 1 0a1b2c3d.local 6 typ host\n"
                + "a=candidate:3 1 tcp 1 192.0.2.1 9 typ host tcptype active\n");
    assertThat(update.candidates()).extracting(IceCandidate::foundation).containsExactly("2", "3");
  }

  @Test
  void theEndOfCandidatesAloneIsAnUpdate() throws Exception {
    assertThat(update("m=audio 9 RTP/AVP 0\na=mid:0\na=end-of-candidates\n").endOfCandidates())
        .isTrue();
    assertThat(update("a=end-of-candidates\n").endOfCandidates()).isTrue();
  }

  @Test
  void halfCredentialsAreMalformed() {
    assertMalformed("a=ice-ufrag:new1\n");
    assertMalformed("m=audio 9 RTP/AVP 0\na=mid:0\na=ice-pwd:" + PWD + "\n");
    assertMalformed("a=ice-ufrag:new1\na=ice-ufrag:new2\na=ice-pwd:" + PWD + "\n");
  }

  @Test
  void severalCredentialsAreMalformed() {
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
    return IceUpdate.of(IceFragment.parse(text));
  }
}
