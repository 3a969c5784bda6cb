package io.github.jvbwhip.core.negotiation;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.core.sdp.IceFragment;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The body of the 200 response to an ICE restart (RFC 9725 §4.3.3). */
class RestartFragmentTest {

  @Test
  void is_that_of_the_tagged_section() throws Exception {
    assertThat(fragment(Offers.PUBLISHER).write())
        .isEqualTo(
            "a=ice-options:trickle\r\n"
                + "a=group:BUNDLE 0 1\r\n"
                + "m=audio 9 UDP/TLS/RTP/SAVPF 111\r\n"
                + "a=mid:0\r\n"
                + "a=ice-ufrag:38sdf4fdsf54\r\n"
                + "a=ice-pwd:2e13dde17c1cb009202f627fab90cbec\r\n"
                + "a=candidate:2 1 udp 2130706431 198.51.100.1 10000 typ host\r\n"
                + "a=candidate:1 1 udp 2130706687 2001:db8::10 10000 typ host\r\n"
                + "a=end-of-candidates\r\n");
  }

  @Test
  void names_the_groups_first_mid_and_not_the_first_sections() throws Exception {
    assertThat(fragment(Offers.PUBLISHER.replace("BUNDLE 0 1", "BUNDLE 1 0")).write())
        .contains("a=group:BUNDLE 1 0\r\nm=video 9 UDP/TLS/RTP/SAVPF 96\r\na=mid:1\r\n");
  }

  @Test
  void has_no_mid_where_the_offer_had_none() throws Exception {
    IceFragment fragment = fragment(Offers.HEAD + Offers.VIDEO.replace("a=mid:1\n", ""));
    assertThat(fragment.write()).doesNotContain("a=mid").doesNotContain("a=group");
    assertThat(fragment.media()).hasSize(1);
  }

  @Test
  void serves_players_that_answered_our_offer() throws Exception {
    ServerOfferPlan offered = Negotiation.planServerOffer(Fixtures.EVERYTHING, List.of());
    String answer =
        Fixtures.ingestAnswer(Negotiation.offer(offered, Fixtures.LOCAL, List.of(), 1)).write();
    EgressPlan plan =
        Negotiation.planEgressAnswer(offered, Fixtures.parse(answer), NegotiationRules.STRICT);
    assertThat(Negotiation.restartFragment(Fixtures.LOCAL, plan.outline()).write())
        .contains("m=audio 9 UDP/TLS/RTP/SAVPF 96\r\na=mid:0\r\n");
  }

  @Test
  void is_a_fragment_that_parses() throws Exception {
    IceFragment fragment = fragment(Offers.PUBLISHER);
    assertThat(IceFragment.parse(fragment.write())).isEqualTo(fragment);
  }

  private static IceFragment fragment(String offer) throws NegotiationException {
    IngestPlan plan =
        Negotiation.planIngest(
            Fixtures.parse(offer), Fixtures.EVERYTHING, NegotiationRules.LENIENT);
    return Negotiation.restartFragment(Fixtures.LOCAL, plan.outline());
  }
}
