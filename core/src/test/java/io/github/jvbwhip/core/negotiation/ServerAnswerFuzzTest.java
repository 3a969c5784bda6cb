package io.github.jvbwhip.core.negotiation;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.jvbwhip.core.bridge.EgressMedia;
import io.github.jvbwhip.core.bridge.NegotiatedCodec;
import io.github.jvbwhip.core.bridge.NegotiatedExtension;
import io.github.jvbwhip.core.sdp.Mutations;
import io.github.jvbwhip.core.sdp.SdpException;
import io.github.jvbwhip.core.sdp.SdpReader;
import io.github.jvbwhip.core.sdp.SessionDescription;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * What players answer to the server's offer is taken or refused; what is taken was offered, and is
 * heard in one meaning.
 */
class ServerAnswerFuzzTest {
  private static final int MUTATIONS = 2_000;

  private static final ServerOfferPlan OFFER =
      Negotiation.planServerOffer(Fixtures.EVERYTHING, List.of());

  @FuzzTest(maxDuration = "30s")
  void every_answer_is_taken_or_refused(byte[] text) {
    check(new String(text, StandardCharsets.ISO_8859_1));
  }

  /** The same over mutations of answers, in every build. */
  @Test
  void every_mutated_answer_is_taken_or_refused() throws Exception {
    SessionDescription offer = Negotiation.offer(OFFER, Fixtures.LOCAL, List.of(), 1);
    String whole = Fixtures.ingestAnswer(offer).write();
    String part = whole.replace("m=audio 9", "m=audio 0").replace("BUNDLE 0 1", "BUNDLE 1");
    List<String> seeds = List.of(whole, part);
    Mutations mutations = new Mutations(5);
    int taken = 0;
    for (int i = 0; i < MUTATIONS; i++) {
      taken += check(mutations.mutate(seeds.get(i % seeds.size()))) ? 1 : 0;
    }
    assertThat(taken).isBetween(MUTATIONS / 20, MUTATIONS - MUTATIONS / 20);
  }

  private static boolean check(String text) {
    boolean strict = check(text, SdpReader.STRICT, NegotiationRules.STRICT);
    boolean lenient = check(text, SdpReader.LENIENT, NegotiationRules.LENIENT);
    return strict || lenient;
  }

  private static boolean check(String text, SdpReader reader, NegotiationRules rules) {
    EgressPlan plan;
    try {
      SessionDescription answer = reader.description(text).value();
      plan = Negotiation.planEgressAnswer(OFFER, answer, rules);
    } catch (SdpException e) {
      return false;
    } catch (NegotiationException e) {
      assertThat(e.detail()).isNotBlank();
      return false;
    }
    assertThat(plan.media()).isNotEmpty();
    for (EgressMedia media : plan.media()) {
      EgressMedia offered =
          OFFER.media().stream()
              .filter(each -> each.mid().equals(media.mid()))
              .findFirst()
              .orElseThrow();
      checkSubset(offered, media);
    }
    assertThat(Negotiation.restartFragment(Fixtures.LOCAL, plan.outline()).media()).hasSize(1);
    return true;
  }

  private static void checkSubset(EgressMedia offered, EgressMedia taken) {
    assertThat(taken.kind()).isEqualTo(offered.kind());
    assertThat(taken.codecs()).isNotEmpty();
    for (NegotiatedCodec codec : taken.codecs()) {
      assertThat(offered.codecs())
          .anyMatch(
              own ->
                  own.codec().name().equalsIgnoreCase(codec.codec().name())
                      && own.feedback().containsAll(codec.feedback()));
    }
    assertThat(taken.codecs())
        .extracting(NegotiatedCodec::payloadType)
        .doesNotHaveDuplicates()
        .allMatch(number -> number >= 0 && number < 128);
    assertThat(offered.extensions().stream().map(NegotiatedExtension::type))
        .containsAll(taken.extensions().stream().map(NegotiatedExtension::type).toList());
    assertThat(taken.extensions()).extracting(NegotiatedExtension::id).doesNotHaveDuplicates();
  }
}
