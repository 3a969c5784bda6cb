package io.github.jvbwhip.conformance.checks;

import io.github.jvbwhip.conformance.client.Call;
import io.github.jvbwhip.conformance.client.Exchange;
import io.github.jvbwhip.conformance.client.Fragments;
import io.github.jvbwhip.conformance.client.Lab;
import io.github.jvbwhip.conformance.client.NotApplicable;
import io.github.jvbwhip.conformance.client.Offers;
import io.github.jvbwhip.conformance.client.Peers;
import io.github.jvbwhip.conformance.client.Protocol;
import io.github.jvbwhip.conformance.client.Sdp;
import io.github.jvbwhip.conformance.client.Session;
import io.github.jvbwhip.conformance.client.Unmet;
import io.github.jvbwhip.testpeer.TestPeer;
import io.github.jvbwhip.testpeer.transport.IceParameters;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** ICE restarts by PATCH, which servers may leave out. */
final class RestartChecks {

  private RestartChecks() {}

  static List<Check> of(Protocol protocol) {
    String restart = protocol.section("4.3.3", "4.5.3");
    return new CheckList(protocol, "ICE restart")
        .should(
            "restart-supported",
            protocol.section("4.3", "4.5"),
            "ICE can be restarted by PATCH.",
            lab -> restart(lab, connected(lab)).expect(200))
        .must(
            "patch-one-of-two",
            protocol.section("4.3.1", "4.5.1"),
            "A server with only one of trickle ICE and ICE restarts answers 422 to the other.",
            RestartChecks::oneOfTwo)
        .must(
            "restart-type",
            restart,
            "A restart is answered with 200 and application/trickle-ice-sdpfrag.",
            RestartChecks::type)
        .must(
            "restart-credentials",
            restart,
            "The answer to a restart has a new ufrag and password.",
            RestartChecks::credentials)
        .must(
            "restart-candidates",
            restart,
            "The answer to a restart has the server's candidates.",
            RestartChecks::candidates)
        .must(
            "restart-etag",
            restart,
            "The answer to a restart has a new strong entity tag.",
            RestartChecks::newTag)
        .must(
            "restart-old-etag",
            restart,
            "After a restart the old entity tag is answered with 412 (requests out of order).",
            RestartChecks::oldTag)
        .must(
            "restart-trickle",
            restart,
            "After a restart candidates can be added with the new entity tag and credentials.",
            RestartChecks::trickleAfter)
        .must(
            "restart-options",
            restart,
            "The answer to a restart has the ice-options and ice-lite of the first answer.",
            RestartChecks::options)
        .must(
            "restart-again",
            restart,
            "A session can be restarted more than once.",
            RestartChecks::twice)
        .must(
            "restart-refused",
            restart,
            "A restart that is refused ends neither the session nor its ICE session.",
            RestartChecks::refused)
        .must(
            "restart-connectivity",
            restart + ", RFC 8445 §2.4",
            "After a restart the server answers checks with the new credentials.",
            RestartChecks::connectivity)
        .done();
  }

  /** There has to be something to restart: servers may refuse while ICE is not through. */
  private static Session connected(Lab lab) {
    TestPeer peer = lab.peer();
    Session session = lab.connect(peer, Peers.offer(lab.protocol(), peer));
    peer.awaitConnected(lab.soon());
    return session;
  }

  private static Exchange restart(Lab lab, Session session) {
    return restart(
        lab,
        session,
        new IceParameters(Offers.random(6), Offers.random(18), List.of(Fragments.UDP)));
  }

  private static Exchange restart(Lab lab, Session session, IceParameters ice) {
    String fragment =
        Fragments.restart(session.offer(), ice.ufrag(), ice.password(), ice.candidates());
    Call patch = Call.patch(session.url(), fragment).with("If-Match", "*");
    // The client's ICE may be through a moment before the server's is.
    return lab.sendAgain(patch, RestartChecks::mayComeLater, lab.patience());
  }

  /** Refused, with the session kept: clients may try again (RFC 9725 §4.3.3). */
  private static boolean mayComeLater(Exchange reply) {
    return List.of(409, 422, 503).contains(reply.status());
  }

  /** Restarts ICE; a server that cannot is told so by one check. */
  static Exchange restarted(Lab lab, Session session) {
    return supported(() -> restart(lab, session));
  }

  private static Exchange supported(Supplier<Exchange> request) {
    return NotApplicable.unlessMet(
        () -> request.get().expectSuccess(),
        "ICE cannot be restarted by PATCH, as restart-supported tells");
  }

  private static void oneOfTwo(Lab lab) {
    Session session = connected(lab);
    boolean trickles =
        worked(() -> TrickleChecks.patch(lab, session, List.of(Fragments.UDP), false));
    boolean restarts = worked(() -> restart(lab, session));
    NotApplicable.unless(!trickles || !restarts, "the server supports both");
    NotApplicable.unless(trickles || restarts, "the server supports neither");
    Exchange other =
        trickles
            ? restart(lab, session)
            : TrickleChecks.patch(lab, session, List.of(Fragments.UDP), false);
    other.expect(422);
  }

  private static boolean worked(Supplier<Exchange> request) {
    try {
      return request.get().isSuccess();
    } catch (Unmet e) {
      return false;
    }
  }

  private static void type(Lab lab) {
    Exchange reply = restarted(lab, connected(lab)).expect(200);
    Unmet.unless(reply.mediaType().equals(Call.FRAGMENT), Call.FRAGMENT, reply);
  }

  private static void credentials(Lab lab) {
    Session session = connected(lab);
    Sdp.Section fragment = Sdp.parse(restarted(lab, session).body()).tagged();
    AnswerChecks.expectIce("ice-ufrag", fragment, 4);
    AnswerChecks.expectIce("ice-pwd", fragment, 22);
    for (String name : List.of("ice-ufrag", "ice-pwd")) {
      boolean changed = !fragment.value(name).equals(session.answer().tagged().value(name));
      Unmet.unless(changed, "another a=" + name, "the one of the first answer");
    }
  }

  private static void candidates(Lab lab) {
    String body = restarted(lab, connected(lab)).body();
    boolean some = !Sdp.parse(body).tagged().values("candidate").isEmpty();
    Unmet.unless(some, "a=candidate lines", "none");
  }

  private static String tag(Exchange reply) {
    return reply.header("ETag").orElseThrow(() -> new Unmet("an ETag field", reply));
  }

  private static void newTag(Lab lab) {
    Session session = connected(lab);
    String tag = tag(restarted(lab, session));
    Unmet.unless(tag.startsWith("\""), "a strong entity tag", tag);
    Unmet.unless(
        !Optional.of(tag).equals(session.entityTag()), "another entity tag", "the first one");
  }

  private static void oldTag(Lab lab) {
    Session session = connected(lab);
    restarted(lab, session);
    NotApplicable.unless(session.entityTag().isPresent(), "the 201 had no entity tag");
    Exchange late = TrickleChecks.patch(lab, session, List.of(Fragments.UDP), false);
    late.expect(412);
  }

  private static void trickleAfter(Lab lab) {
    Session session = connected(lab);
    TrickleChecks.supported(lab, session);
    IceParameters ice = new IceParameters(Offers.random(6), Offers.random(18), List.of());
    String tag = tag(supported(() -> restart(lab, session, ice)));
    String fragment =
        Fragments.restart(session.offer(), ice.ufrag(), ice.password(), List.of(Fragments.UDP));
    lab.send(Call.patch(session.url(), fragment).with("If-Match", tag)).expect(204);
  }

  private static void options(Lab lab) {
    Session session = connected(lab);
    Sdp fragment = Sdp.parse(restarted(lab, session).body());
    List<String> expected = session.answer().iceOptions();
    Unmet.unless(
        fragment.iceOptions().equals(expected), "ice-options " + expected, fragment.iceOptions());
    boolean lite = session.answer().isIceLite();
    Unmet.unless(fragment.isIceLite() == lite, "ice-lite: " + lite, !lite);
  }

  private static void twice(Lab lab) {
    Session session = connected(lab);
    String first = tag(restarted(lab, session));
    String second = tag(restart(lab, session).expect(200));
    Unmet.unless(!first.equals(second), "another entity tag each time", second);
  }

  /** Refused for a password that is too short (RFC 8839 §5.4). */
  private static void refused(Lab lab) {
    Session session = connected(lab);
    TrickleChecks.supported(lab, session);
    Exchange reply = restart(lab, session, new IceParameters("aaaa", "short", List.of()));
    NotApplicable.unless(!reply.isSuccess(), "a password of 5 characters is taken");
    TrickleChecks.patch(lab, session, List.of(Fragments.UDP), false).expectSuccess();
  }

  /** A second peer brings the new credentials, as a client does that has changed its network. */
  private static void connectivity(Lab lab) {
    Session session = connected(lab);
    TestPeer after = lab.peer();
    Exchange reply = supported(() -> restart(lab, session, after.transport().localIce()));
    Sdp.Section fragment = Sdp.parse(reply.body()).tagged();
    IceParameters remote =
        new IceParameters(
            fragment.value("ice-ufrag").orElse(""),
            fragment.value("ice-pwd").orElse(""),
            fragment.values("candidate"));
    String fingerprint = session.answer().tagged().value("fingerprint").orElse("");
    after.transport().start(remote, fingerprint, true, true);
    after.await(
        "a valid candidate pair", lab.soon(), () -> after.transport().remoteAddress() != null);
  }
}
