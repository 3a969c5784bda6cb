package io.github.jvbwhip.core.negotiation;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.jvbwhip.core.bridge.LocalTransport;
import io.github.jvbwhip.core.sdp.MediaDescription;
import io.github.jvbwhip.core.sdp.Mutations;
import io.github.jvbwhip.core.sdp.RtpAttribute.ExtMap;
import io.github.jvbwhip.core.sdp.SdpException;
import io.github.jvbwhip.core.sdp.SdpReader;
import io.github.jvbwhip.core.sdp.SessionDescription;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every text is answered or refused; every answer is a subset of its offer. */
class NegotiationFuzzTest {
  private static final int MUTATIONS = 6_000;
  private static final LocalTransport LOCAL = Fixtures.LOCAL;

  @FuzzTest(maxDuration = "30s")
  void every_offer_is_answered_or_refused(byte[] text) {
    check(new String(text, StandardCharsets.ISO_8859_1));
  }

  /** The same over mutations of the corpus, in every build. */
  @Test
  void every_mutated_offer_is_answered_or_refused() {
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
  private static int check(String text) {
    return check(text, SdpReader.STRICT) + check(text, SdpReader.LENIENT);
  }

  private static int check(String text, SdpReader reader) {
    SessionDescription offer;
    try {
      offer = reader.description(text).value();
    } catch (SdpException e) {
      return 0;
    }
    List<SessionDescription> answers = new ArrayList<>();
    for (NegotiationRules rules : List.of(NegotiationRules.LENIENT, NegotiationRules.STRICT)) {
      try {
        IngestPlan plan = Negotiation.planIngest(offer, Fixtures.EVERYTHING, rules);
        answers.add(Negotiation.answer(plan, LOCAL, 1));
        assertThat(Negotiation.restartFragment(LOCAL, plan.outline()).media()).hasSize(1);
      } catch (NegotiationException e) {
        assertThat(e.detail()).isNotBlank();
      }
      try {
        EgressPlan plan = Negotiation.planEgress(offer, Fixtures.EVERYTHING, rules, List.of());
        answers.add(Negotiation.answer(plan, LOCAL, Fixtures.sources(plan), 1));
        assertThat(Negotiation.restartFragment(LOCAL, plan.outline()).media()).hasSize(1);
      } catch (NegotiationException e) {
        assertThat(e.detail()).isNotBlank();
      }
    }
    answers.forEach(answer -> checkSubset(offer, answer));
    return answers.size();
  }

  private static void checkSubset(SessionDescription offer, SessionDescription answer) {
    assertThat(answer.write().replace("\r\n", "")).doesNotContain("\r", "\n", "\0");
    assertThat(answer.media()).hasSameSizeAs(offer.media());
    for (int i = 0; i < offer.media().size(); i++) {
      MediaDescription offered = offer.media().get(i);
      MediaDescription answered = answer.media().get(i);
      assertThat(answered.mid()).isEqualTo(offered.mid());
      assertThat(answered.protocol()).isEqualTo(offered.protocol());
      List<Integer> ids = offered.all(ExtMap.class).stream().map(ExtMap::id).toList();
      assertThat(ids).containsAll(answered.all(ExtMap.class).stream().map(ExtMap::id).toList());
    }
  }
}
