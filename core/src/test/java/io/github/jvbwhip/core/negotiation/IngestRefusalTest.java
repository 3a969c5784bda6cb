package io.github.jvbwhip.core.negotiation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.github.jvbwhip.core.negotiation.NegotiationException.Reason;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Offers that no rules accept, each with its one reason and a word of what to change. */
class IngestRefusalTest {
  static Stream<Arguments> refused() {
    String offer = Offers.PUBLISHER;
    return Stream.of(
        arguments("no m-section", Offers.HEAD, Reason.NO_MEDIA, "m-section"),
        arguments(
            "all sections disabled",
            Offers.HEAD + Offers.AUDIO.replace("audio 9", "audio 0"),
            Reason.NO_MEDIA,
            "m-section"),
        arguments(
            "one section disabled",
            Offers.HEAD
                + "a=group:BUNDLE 0\n"
                + Offers.AUDIO
                + Offers.VIDEO.replace("video 9", "video 0"),
            Reason.SECTION_REFUSED,
            "port is 0"),
        arguments(
            "a data channel alone",
            Offers.HEAD + Offers.DATA,
            Reason.SECTION_REFUSED,
            "m=application"),
        arguments(
            "recvonly",
            offer.replaceFirst("sendonly", "recvonly"),
            Reason.WRONG_DIRECTION,
            "sendonly, not recvonly"),
        arguments(
            "inactive",
            offer.replaceFirst("sendonly", "inactive"),
            Reason.WRONG_DIRECTION,
            "sendonly, not inactive"),
        arguments(
            "inactive for the session",
            offer
                .replace("a=sendonly\n", "")
                .replace("a=group:BUNDLE 0 1\n", "a=group:BUNDLE 0 1\na=inactive\n"),
            Reason.WRONG_DIRECTION,
            "sendonly, not inactive"),
        arguments(
            "unknown audio codec",
            offer.replace("opus/48000/2", "speex/16000"),
            Reason.NO_COMMON_CODEC,
            "opus"),
        arguments(
            "unknown video codec", offer.replace("VP8", "theora"), Reason.NO_COMMON_CODEC, "VP8"),
        arguments(
            "no rtpmap",
            offer.replace("a=rtpmap:96 VP8/90000\n", ""),
            Reason.NO_COMMON_CODEC,
            "VP8"),
        arguments(
            "opus at another clock",
            offer.replace("opus/48000/2", "opus/16000/2"),
            Reason.NO_COMMON_CODEC,
            "opus"),
        arguments(
            "multichannel opus at another clock",
            offer.replace("opus/48000/2", "multiopus/16000/6"),
            Reason.NO_COMMON_CODEC,
            "opus"),
        arguments(
            "video at another clock",
            offer.replace("VP8/90000", "VP8/48000"),
            Reason.NO_COMMON_CODEC,
            "VP8"),
        arguments(
            "not bundled", offer.replace("a=group:BUNDLE 0 1\n", ""), Reason.NOT_BUNDLED, "BUNDLE"),
        arguments(
            "half bundled", offer.replace("BUNDLE 0 1", "BUNDLE 0"), Reason.NOT_BUNDLED, "BUNDLE"),
        arguments(
            "two groups",
            offer.replace("a=group:BUNDLE 0 1\n", "a=group:BUNDLE 0\na=group:BUNDLE 1\n"),
            Reason.NOT_BUNDLED,
            "one a=group:BUNDLE"),
        arguments(
            "several sections, one without mid",
            offer.replace("BUNDLE 0 1", "BUNDLE 0").replace("a=mid:1\n", ""),
            Reason.NOT_BUNDLED,
            "BUNDLE"),
        arguments(
            "no rtcp-mux",
            offer.replace(Offers.MUX, ""),
            Reason.NO_RTCP_MUX,
            "a=rtcp-mux to the m=audio section 0"),
        arguments(
            "no rtcp-mux in a group of bundle-only sections",
            offer
                .replace("audio 9", "audio 0")
                .replace("video 9", "video 0")
                .replace(Offers.MUX, "a=bundle-only\n"),
            Reason.NO_RTCP_MUX,
            "a=rtcp-mux"),
        arguments(
            "no DTLS",
            offer.replace("UDP/TLS/RTP/SAVPF", "RTP/AVP"),
            Reason.UNSUPPORTED_TRANSPORT,
            "UDP/TLS/RTP/SAVPF"),
        arguments(
            "no setup role to take",
            offer.replace("setup:actpass", "setup:holdconn"),
            Reason.UNSUPPORTED_SETUP,
            "actpass"),
        arguments(
            "no user name fragment",
            offer.replace("a=ice-ufrag:abcd\n", ""),
            Reason.MISSING_ICE,
            "a=ice-ufrag"),
        arguments(
            "no password",
            offer.replace("a=ice-pwd:abcdefghijklmnopqrstuvwx\n", ""),
            Reason.MISSING_ICE,
            "a=ice-pwd"),
        arguments(
            "no fingerprint",
            offer.replaceAll("a=fingerprint:.*\n", ""),
            Reason.MISSING_FINGERPRINT,
            "a=fingerprint"),
        arguments(
            "a fingerprint of a broken hash",
            offer.replaceAll("a=fingerprint:.*\n", "a=fingerprint:md5 AA:BB\n"),
            Reason.MISSING_FINGERPRINT,
            "sha-256"),
        arguments(
            "a short fingerprint",
            offer.replaceAll("a=fingerprint:.*\n", "a=fingerprint:sha-256 AA:BB\n"),
            Reason.MALFORMED,
            "long"),
        arguments("one mid twice", offer.replace("a=mid:1", "a=mid:0"), Reason.MALFORMED, "a=mid"),
        arguments(
            "one payload type for two codecs", offer.replace("96", "111"), Reason.MALFORMED, "111"),
        arguments(
            "one payload type for a codec and for retransmissions",
            offer
                .replace("SAVPF 96", "SAVPF 96 111")
                .replace("a=rtpmap:96", "a=rtpmap:111 rtx/90000\na=fmtp:111 apt=96\na=rtpmap:96"),
            Reason.MALFORMED,
            "111"),
        arguments(
            "formats that are no payload types",
            offer.replace("SAVPF 96", "SAVPF VP8"),
            Reason.MALFORMED,
            "payload types"),
        arguments(
            "payload type out of range",
            offer.replace("SAVPF 96", "SAVPF 128"),
            Reason.MALFORMED,
            "0 to 127"),
        arguments(
            "nine encodings",
            offer
                + "a=rid:0 send\na=rid:1 send\na=rid:2 send\na=rid:3 send\na=rid:4 send\n"
                + "a=rid:5 send\na=rid:6 send\na=rid:7 send\na=rid:8 send\n"
                + "a=simulcast:send 0;1;2;3;4;5;6;7;8\n",
            Reason.SECTION_REFUSED,
            "at most 8"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("refused")
  void is_refused_leniently(String name, String offer, Reason reason, String hint) {
    assertRefused(offer, NegotiationRules.LENIENT, reason, hint);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("refused")
  void is_refused_strictly(String name, String offer, Reason reason, String hint) {
    assertRefused(offer, NegotiationRules.STRICT, reason, hint);
  }

  @Test
  void the_offer_that_the_table_starts_from_is_accepted() {
    assertThatCode(() -> plan(Offers.PUBLISHER, NegotiationRules.STRICT))
        .doesNotThrowAnyException();
  }

  @Test
  void eight_encodings_are_the_most() throws Exception {
    String offer =
        Offers.PUBLISHER
            + "a=rid:0 send\na=rid:1 send\na=rid:2 send\na=rid:3 send\na=rid:4 send\n"
            + "a=rid:5 send\na=rid:6 send\na=rid:7 send\na=simulcast:send 0;1;2;3;4;5;6;7\n";
    assertThat(plan(offer, NegotiationRules.STRICT).media().get(1).encodings()).hasSize(8);
  }

  private static void assertRefused(
      String offer, NegotiationRules rules, Reason reason, String hint) {
    try {
      IngestPlan plan = plan(offer, rules);
      throw new AssertionError("accepted as " + plan);
    } catch (NegotiationException e) {
      assertThat(e.reason()).isEqualTo(reason);
      assertThat(e.detail()).contains(hint);
    }
  }

  private static IngestPlan plan(String offer, NegotiationRules rules) throws NegotiationException {
    return Negotiation.planIngest(Fixtures.parse(offer), Fixtures.EVERYTHING, rules);
  }
}
