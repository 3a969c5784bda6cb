package io.github.jvbwhip.core.negotiation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.github.jvbwhip.core.negotiation.NegotiationException.Reason;
import io.github.jvbwhip.core.sdp.SessionDescription;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each deviation: accepted where it alone is allowed, refused by the strict rules. */
class LeniencyTest {
  private static final String VIDEO_ALONE = Offers.HEAD + Offers.VIDEO.replace("a=mid:1\n", "");
  private static final String TWO_VIDEOS =
      Offers.PLAYER.replace("BUNDLE 0 1", "BUNDLE 0 1 2")
          + Offers.VIDEO
              .replace("mid:1", "mid:2")
              .replace("sendonly", "recvonly")
              .replace("a=msid:s v\n", "");

  static Stream<Arguments> deviations() {
    String publisher = Offers.PUBLISHER;
    String player = Offers.PLAYER;
    return Stream.of(
        arguments(
            Leniency.PASSIVE_SETUP,
            publisher.replace("actpass", "passive"),
            Reason.UNSUPPORTED_SETUP),
        arguments(
            Leniency.MISSING_SETUP,
            publisher.replace("a=setup:actpass\n", ""),
            Reason.MISSING_SETUP),
        arguments(
            Leniency.MISSING_MSID, publisher.replace("a=msid:s v\n", ""), Reason.MISSING_STREAM),
        arguments(
            Leniency.SEVERAL_STREAMS,
            publisher.replace("msid:s v", "msid:- v"),
            Reason.SEVERAL_STREAMS),
        arguments(
            Leniency.SEVERAL_STREAMS,
            publisher.replace("msid:s v", "msid:screen v"),
            Reason.SEVERAL_STREAMS),
        arguments(
            Leniency.SEVERAL_STREAMS,
            publisher.replace("a=msid:s v\n", "a=msid:s v\na=msid:t v\n"),
            Reason.SEVERAL_STREAMS),
        arguments(
            Leniency.SEVERAL_INGEST_SECTIONS,
            publisher.replace("BUNDLE 0 1", "BUNDLE 0 1 2")
                + Offers.VIDEO.replace("mid:1", "mid:2").replace("96", "97"),
            Reason.TWO_MEDIA_OF_ONE_KIND),
        arguments(
            Leniency.SEVERAL_INGEST_SECTIONS,
            publisher.replace("BUNDLE 0 1", "BUNDLE 0 1 2")
                + Offers.AUDIO.replace("mid:0", "mid:2").replace("111", "112"),
            Reason.TWO_MEDIA_OF_ONE_KIND),
        arguments(
            Leniency.RTCP_MUX_IMPLIED, publisher.replace("a=rtcp-mux\n", ""), Reason.NO_RTCP_MUX),
        arguments(Leniency.UNBUNDLED_SINGLE_SECTION, VIDEO_ALONE, Reason.NOT_BUNDLED),
        arguments(
            Leniency.MISSING_BUNDLE_ONLY,
            publisher.replace("m=video 9", "m=video 0"),
            Reason.SECTION_REFUSED),
        arguments(
            Leniency.OPUS_WITHOUT_CHANNELS,
            publisher.replace("opus/48000/2", "OPUS/48000"),
            Reason.NO_COMMON_CODEC),
        arguments(
            Leniency.EXTENSION_ID_CONFLICT,
            publisher.replace(
                    "a=mid:0\n",
                    "a=mid:0\na=extmap:1 urn:ietf:params:rtp-hdrext:ssrc-audio-level\n")
                + "a=extmap:1 urn:ietf:params:rtp-hdrext:sdes:mid\n",
            Reason.MALFORMED),
        arguments(
            Leniency.REPEATED_GROUP,
            publisher.replace("a=group:BUNDLE 0 1\n", "a=group:BUNDLE 0 1\na=group:BUNDLE 0 1\n"),
            Reason.NOT_BUNDLED),
        arguments(
            Leniency.REPEATED_GROUP,
            publisher.replace("a=group:BUNDLE 0 1\n", "a=group:BUNDLE 1\na=group:BUNDLE 0 1\n"),
            Reason.NOT_BUNDLED),
        arguments(
            Leniency.REPEATED_GROUP,
            publisher.replace("BUNDLE 0 1", "BUNDLE 0 0 1"),
            Reason.MALFORMED),
        arguments(
            Leniency.LARGE_SSRC_GROUP,
            publisher + "a=ssrc-group:SIM 1 2 3 4 5 6 7 8 9\n",
            Reason.SECTION_REFUSED),
        arguments(
            Leniency.UNKNOWN_BUNDLE_MID,
            publisher.replace("BUNDLE 0 1", "BUNDLE 2 0 1"),
            Reason.MALFORMED),
        arguments(
            Leniency.ODD_FINGERPRINT,
            publisher.replace("a=setup", "a=fingerprint:sha-1 AA:BB\na=setup"),
            Reason.MALFORMED),
        arguments(
            Leniency.OTHER_INGEST_SECTIONS,
            publisher.replace("BUNDLE 0 1", "BUNDLE 0 1 2") + Offers.DATA,
            Reason.SECTION_REFUSED),
        arguments(
            Leniency.OTHER_INGEST_SECTIONS,
            publisher + "m=text 9 UDP/TLS/RTP/SAVPF 98\na=mid:2\n",
            Reason.SECTION_REFUSED),
        arguments(Leniency.SEVERAL_EGRESS_SECTIONS, TWO_VIDEOS, Reason.TWO_MEDIA_OF_ONE_KIND),
        arguments(
            Leniency.PARTIAL_EGRESS_ANSWER,
            player.replace("VP8", "theora"),
            Reason.NO_COMMON_CODEC));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("deviations")
  void is_accepted_where_allowed(Leniency leniency, String offer, Reason reason) throws Exception {
    assertThat(plan(offer, new NegotiationRules(EnumSet.of(leniency)))).isNotNull();
    assertThat(plan(offer, NegotiationRules.LENIENT)).isNotNull();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("deviations")
  void is_refused_strictly(Leniency leniency, String offer, Reason reason) {
    Set<Leniency> others = EnumSet.complementOf(EnumSet.of(leniency));
    assertRefused(offer, NegotiationRules.STRICT, reason);
    assertRefused(offer, new NegotiationRules(others), reason);
  }

  @Test
  void every_deviation_is_in_the_table() {
    // That of fragments has a test of theirs.
    Set<Object> ofDescriptions =
        Set.of(EnumSet.complementOf(EnumSet.of(Leniency.REPEATED_CREDENTIALS)).toArray());
    assertThat(deviations().map(row -> row.get()[0]).collect(Collectors.toSet()))
        .isEqualTo(ofDescriptions);
  }

  @Test
  void the_rules_are_chosen_by_switch() {
    assertThat(NegotiationRules.of(true)).isEqualTo(NegotiationRules.STRICT);
    assertThat(NegotiationRules.of(false)).isEqualTo(NegotiationRules.LENIENT);
  }

  @Test
  void what_rfc9725_prints_is_strictly_accepted() throws Exception {
    assertThat(plan(Fixtures.offerText("rfc9725-example"), NegotiationRules.STRICT)).isNotNull();
  }

  @Test
  void what_the_whep_draft_prints_is_strictly_accepted() throws Exception {
    assertThat(plan(Fixtures.offerText("whep-draft-example"), NegotiationRules.STRICT)).isNotNull();
  }

  /** RFC 9725 §4.4.1 has the client say it, and does not have the endpoint insist on it. */
  @Test
  void rtcp_mux_alone_is_strictly_accepted() throws Exception {
    for (String offer : List.of(Offers.PUBLISHER, Offers.PLAYER)) {
      assertThat(offer).contains("a=rtcp-mux-only\n");
      String browser = offer.replace("a=rtcp-mux-only\n", "");
      assertThat(plan(browser, NegotiationRules.STRICT)).isNotNull();
    }
  }

  /** RFC 9725 §4.4.5: it sends no checks, and the bridges wait for some. */
  @Test
  void a_client_that_is_no_full_ice_agent_is_refused_in_any_case() throws Exception {
    for (String offer : List.of(Offers.PUBLISHER, Offers.PLAYER)) {
      String lite = offer.replace("t=0 0\n", "t=0 0\na=ice-lite\n");
      assertRefused(lite, NegotiationRules.LENIENT, Reason.UNSUPPORTED_ICE);
      assertRefused(lite, NegotiationRules.STRICT, Reason.UNSUPPORTED_ICE);
    }
  }

  /** As written before RFC 8830. */
  @Test
  void without_msid_the_sources_name_the_stream() throws Exception {
    String one =
        Offers.PUBLISHER
            .replace("a=msid:s a\n", "a=ssrc:1 cname:x\na=ssrc:1 msid:s a\n")
            .replace("a=msid:s v\n", "a=ssrc:2 msid:s\n");
    NegotiationRules rules = new NegotiationRules(EnumSet.of(Leniency.MISSING_MSID));
    assertThat(plan(one, rules)).isNotNull();
    assertRefused(one.replace("a=ssrc:2 msid:s", "a=ssrc:2 msid:t"), rules, Reason.SEVERAL_STREAMS);
  }

  @Test
  void what_the_sources_name_does_not_count_beside_msid() throws Exception {
    String offer = Offers.PUBLISHER.replace("a=msid:s v\n", "a=msid:s v\na=ssrc:2 msid:t v\n");
    assertThat(plan(offer, NegotiationRules.STRICT)).isNotNull();
  }

  private static void assertRefused(String offer, NegotiationRules rules, Reason reason) {
    try {
      throw new AssertionError("accepted as " + plan(offer, rules));
    } catch (NegotiationException e) {
      assertThat(e.reason()).isEqualTo(reason);
    }
  }

  private static Object plan(String text, NegotiationRules rules) throws NegotiationException {
    SessionDescription offer = Fixtures.parse(text);
    return text.contains("recvonly")
        ? Negotiation.planEgress(offer, Fixtures.EVERYTHING, rules, List.of())
        : Negotiation.planIngest(offer, Fixtures.EVERYTHING, rules);
  }
}
