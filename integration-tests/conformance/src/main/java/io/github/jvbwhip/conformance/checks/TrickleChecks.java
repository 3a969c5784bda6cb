package io.github.jvbwhip.conformance.checks;

import io.github.jvbwhip.conformance.client.Exchange;
import io.github.jvbwhip.conformance.client.Fragments;
import io.github.jvbwhip.conformance.client.Lab;
import io.github.jvbwhip.conformance.client.NotApplicable;
import io.github.jvbwhip.conformance.client.Protocol;
import io.github.jvbwhip.conformance.client.Session;
import io.github.jvbwhip.conformance.client.Unmet;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Trickle ICE by PATCH, which servers may leave out. */
final class TrickleChecks {
  private static final int OVERLAPPING = 4;

  private TrickleChecks() {}

  static List<Check> of(Protocol protocol) {
    String trickle = protocol.section("4.3.2", "4.5.2");
    return new CheckList(protocol, "trickle ICE")
        .should(
            "trickle-supported",
            protocol.section("4.3", "4.5"),
            "Candidates can be added by PATCH (trickle ICE).",
            lab -> expectSupported(patch(lab, lab.open(), List.of(Fragments.UDP), false)))
        .must(
            "trickle-no-content",
            trickle,
            "A PATCH that adds candidates is answered with 204 and no content.",
            lab -> supported(patch(lab, lab.open(), List.of(Fragments.UDP), false)))
        .must(
            "trickle-no-etag",
            trickle,
            "The answer to a PATCH that adds candidates has no ETag field.",
            TrickleChecks::noTag)
        .must(
            "trickle-unusable",
            trickle,
            "Candidates of unsupported transports and unresolvable names are passed over silently.",
            lab -> {
              List<String> mixed = new ArrayList<>(Fragments.UNUSABLE);
              mixed.add(Fragments.UDP);
              supported(patch(lab, lab.open(), mixed, false));
            })
        .must(
            "trickle-end",
            trickle + ", RFC 8840 §4.4",
            "The end of candidates is taken.",
            lab -> supported(patch(lab, lab.open(), List.of(), true)))
        .must(
            "trickle-pseudo-line",
            trickle + ", RFC 8840 §4.4",
            "A fragment with the pseudo m-line of RFC 8840 is taken.",
            TrickleChecks::pseudo)
        .must(
            "trickle-repeated",
            trickle,
            "A candidate that comes a second time does no harm.",
            TrickleChecks::repeated)
        .must(
            "trickle-overlapping",
            protocol.section("4.3.1", "4.5.1"),
            "Overlapping PATCH requests are all served.",
            TrickleChecks::overlapping)
        .done();
  }

  static Exchange patch(Lab lab, Session session, List<String> candidates, boolean end) {
    return lab.send(session.patch(Fragments.trickle(session.offer(), candidates, end)));
  }

  /** The codes of a server that has no trickle ICE at all (or none of PATCH). */
  private static boolean isUnsupported(Exchange reply) {
    return List.of(405, 422, 501).contains(reply.status());
  }

  private static void expectSupported(Exchange reply) {
    Unmet.unless(!isUnsupported(reply), "support of trickle ICE", reply);
  }

  /** Throws unless candidates were taken, or the server has no trickle ICE. */
  static Exchange supported(Exchange reply) {
    NotApplicable.unless(!isUnsupported(reply), "the server does not support trickle ICE");
    return reply.expect(204).expectNoContent();
  }

  private static void noTag(Lab lab) {
    Exchange reply = supported(patch(lab, lab.open(), List.of(Fragments.UDP), false));
    Unmet.unless(reply.header("ETag").isEmpty(), "no ETag field", reply.header("ETag"));
  }

  private static void pseudo(Lab lab) {
    Session session = lab.open();
    supported(patch(lab, session, List.of(Fragments.UDP), false));
    String fragment = Fragments.tricklePseudo(session.offer(), List.of(Fragments.UDP));
    lab.send(session.patch(fragment)).expect(204);
  }

  private static void repeated(Lab lab) {
    Session session = lab.open();
    supported(patch(lab, session, List.of(Fragments.UDP), false));
    patch(lab, session, List.of(Fragments.UDP), false).expect(204);
  }

  private static void overlapping(Lab lab) {
    Session session = lab.open();
    supported(patch(lab, session, List.of(Fragments.UDP), false));
    List<CompletableFuture<Exchange>> pending = new ArrayList<>();
    for (int i = 0; i < OVERLAPPING; i++) {
      List<String> candidates = List.of(Fragments.UDP.replace("61764", String.valueOf(61_765 + i)));
      pending.add(CompletableFuture.supplyAsync(() -> patch(lab, session, candidates, false)));
    }
    pending.forEach(reply -> reply.join().expect(204));
  }
}
