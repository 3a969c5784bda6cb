package io.github.jvbwhip.core.negotiation;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.jvbwhip.core.bridge.LocalTransport;
import io.github.jvbwhip.core.sdp.Direction;
import io.github.jvbwhip.core.sdp.Mutations;
import io.github.jvbwhip.core.sdp.SdpException;
import io.github.jvbwhip.core.sdp.SdpReader;
import io.github.jvbwhip.core.sdp.SessionDescription;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every text is answered or refused; every answer is a legal one to its offer. */
class NegotiationFuzzTest {
  private static final int MUTATIONS = 6_000;
  private static final LocalTransport LOCAL = Fixtures.LOCAL;

  @FuzzTest(maxDuration = "30s")
  void every_offer_is_answered_or_refused(byte[] text) throws SdpException {
    check(new String(text, StandardCharsets.ISO_8859_1));
  }

  /** The same over mutations of the corpus, in every build. */
  @Test
  void every_mutated_offer_is_answered_or_refused() throws SdpException {
    List<String> seeds =
        Stream.concat(Fixtures.INGEST_OFFERS.stream(), Fixtures.EGRESS_OFFERS.stream())
            .map(Fixtures::offerText)
            .collect(Collectors.toCollection(ArrayList::new));
    Fixtures.ODD_OFFERS.forEach(name -> seeds.add(Fixtures.resource("odd/" + name + ".sdp")));
    Mutations mutations = new Mutations(3);
    int answered = 0;
    for (int i = 0; i < MUTATIONS; i++) {
      answered += check(mutations.mutate(seeds.get(i % seeds.size())));
    }
    assertThat(answered).isBetween(MUTATIONS / 20, 4 * MUTATIONS);
  }

  /** Returns how many answers there were. */
  private static int check(String text) throws SdpException {
    return check(text, SdpReader.STRICT) + check(text, SdpReader.LENIENT);
  }

  private static int check(String text, SdpReader reader) throws SdpException {
    SessionDescription offer;
    try {
      offer = reader.description(text).value();
    } catch (SdpException e) {
      return 0;
    }
    int answers = 0;
    for (NegotiationRules rules : List.of(NegotiationRules.LENIENT, NegotiationRules.STRICT)) {
      answers += checkIngest(offer, rules) ? 1 : 0;
      answers += checkEgress(offer, rules) ? 1 : 0;
    }
    return answers;
  }

  private static boolean checkIngest(SessionDescription offer, NegotiationRules rules)
      throws SdpException {
    IngestPlan plan;
    try {
      plan = Negotiation.planIngest(offer, Fixtures.EVERYTHING, rules);
    } catch (NegotiationException e) {
      assertThat(e.detail()).isNotBlank();
      return false;
    }
    LegalAnswer.check(offer, Negotiation.answer(plan, LOCAL, 1), Direction.RECVONLY);
    checkRestart(plan.outline());
    return true;
  }

  private static boolean checkEgress(SessionDescription offer, NegotiationRules rules)
      throws SdpException {
    EgressPlan plan;
    try {
      plan = Negotiation.planEgress(offer, Fixtures.EVERYTHING, rules, List.of());
    } catch (NegotiationException e) {
      assertThat(e.detail()).isNotBlank();
      return false;
    }
    SessionDescription answer = Negotiation.answer(plan, LOCAL, Fixtures.sources(plan), 1);
    LegalAnswer.check(offer, answer, Direction.SENDONLY);
    checkRestart(plan.outline());
    return true;
  }

  /** Also as much of it as a session keeps tells how to answer ICE restarts. */
  private static void checkRestart(AnswerOutline outline) {
    assertThat(Negotiation.restartFragment(LOCAL, outline).media()).hasSize(1);
    assertThat(Negotiation.restartFragment(LOCAL, outline.forRestarts()))
        .isEqualTo(Negotiation.restartFragment(LOCAL, outline));
  }
}
