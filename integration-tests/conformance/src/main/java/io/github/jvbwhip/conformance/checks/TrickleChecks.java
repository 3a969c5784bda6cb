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
import java.util.function.Supplier;

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
            lab -> patch(lab, lab.open(), List.of(Fragments.UDP), false).expectSuccess())
        .must(
            "trickle-no-content",
            trickle,
            "A PATCH that adds candidates is answered with 204 and no content.",
            lab -> supported(lab, lab.open()).expect(204).expectNoContent())
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
              Session session = lab.open();
              supported(lab, session);
              patch(lab, session, mixed, false).expectSuccess();
            })
        .must(
            "trickle-end",
            trickle + ", RFC 8840 §4.4",
            "The end of candidates is taken.",
            lab -> {
              Session session = lab.open();
              supported(lab, session);
              patch(lab, session, List.of(), true).expectSuccess();
            })
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

  /**
   * Adds a candidate. A server that cannot do that, whether it says so or fails, is told so by one
   * check, and not by all that build on it.
   */
  static Exchange supported(Lab lab, Session session) {
    return supported(() -> patch(lab, session, List.of(Fragments.UDP), false));
  }

  /** The same by another request. */
  static Exchange supported(Supplier<Exchange> request) {
    return NotApplicable.unlessMet(
        () -> request.get().expectSuccess(),
        "candidates cannot be added by PATCH, as trickle-supported tells");
  }

  private static void noTag(Lab lab) {
    Exchange reply = supported(lab, lab.open());
    Unmet.unless(reply.header("ETag").isEmpty(), "no ETag field", reply.header("ETag"));
  }

  private static void pseudo(Lab lab) {
    Session session = lab.open();
    supported(lab, session);
    String fragment = Fragments.tricklePseudo(session.offer(), List.of(Fragments.UDP));
    lab.send(session.patch(fragment)).expectSuccess();
  }

  private static void repeated(Lab lab) {
    Session session = lab.open();
    supported(lab, session);
    patch(lab, session, List.of(Fragments.UDP), false).expectSuccess();
  }

  private static void overlapping(Lab lab) {
    Session session = lab.open();
    supported(lab, session);
    List<CompletableFuture<Exchange>> pending = new ArrayList<>();
    for (int i = 0; i < OVERLAPPING; i++) {
      List<String> candidates = List.of(Fragments.UDP.replace("61764", String.valueOf(61_765 + i)));
      pending.add(CompletableFuture.supplyAsync(() -> patch(lab, session, candidates, false)));
    }
    pending.forEach(reply -> reply.join().expectSuccess());
  }
}
