package io.github.jvbwhip.conformance.checks;

import io.github.jvbwhip.conformance.client.Call;
import io.github.jvbwhip.conformance.client.Exchange;
import io.github.jvbwhip.conformance.client.Fragments;
import io.github.jvbwhip.conformance.client.Lab;
import io.github.jvbwhip.conformance.client.NotApplicable;
import io.github.jvbwhip.conformance.client.Protocol;
import io.github.jvbwhip.conformance.client.Session;
import io.github.jvbwhip.conformance.client.Unmet;
import java.util.List;

/** The session's resource: GET and DELETE. */
final class SessionChecks {
  private SessionChecks() {}

  static List<Check> of(Protocol protocol) {
    String end = protocol.section("4.2", "4.4");
    return new CheckList(protocol, "session")
        .must(
            "session-get",
            protocol.section("4.1", "4.1"),
            "A GET of the session is answered with 2xx and no content.",
            lab -> lab.send(Call.of("GET", lab.open().url())).expectSuccess().expectNoContent())
        .must(
            "delete",
            end,
            "A DELETE of the session is answered with 2xx (200 in the figure).",
            lab -> lab.send(Call.of("DELETE", lab.open().url())).expectSuccess())
        .must(
            "delete-if-match",
            protocol.section("4.3.1", "4.5.1"),
            "A DELETE ignores the entity tag that comes with it.",
            lab ->
                lab.send(Call.of("DELETE", lab.open().url()).with("If-Match", "\"no-such-tag\""))
                    .expectSuccess())
        .must(
            "delete-removes",
            end,
            "A deleted session takes no PATCH any more.",
            SessionChecks::patchAfterDelete)
        .should(
            "delete-get-after",
            end,
            "A GET of a deleted session is answered with 404 or 410.",
            SessionChecks::getAfterDelete)
        .must(
            "delete-frees",
            end,
            "After a DELETE the endpoint takes the next session.",
            SessionChecks::again)
        .must(
            "patch-other-type",
            protocol.section("4.3.1", "4.5.1"),
            "A PATCH of another content type is refused with 4xx.",
            SessionChecks::otherType)
        .must(
            "patch-malformed",
            protocol.section("4.3.1", "4.5.1"),
            "A PATCH with a malformed fragment is refused with 4xx.",
            lab -> lab.send(lab.open().patch("This is no fragment.\r\n")).expectClientError())
        .done();
  }

  private static Session deleted(Lab lab) {
    Session session = lab.open();
    lab.send(Call.of("DELETE", session.url())).expectSuccess();
    return session;
  }

  private static void patchAfterDelete(Lab lab) {
    Session session = deleted(lab);
    String fragment = Fragments.trickle(session.offer(), List.of(Fragments.UDP), false);
    lab.send(session.patch(fragment)).expectClientError();
  }

  /** Without GET, nothing can be seen by it: one check tells. */
  static void needsGet(Lab lab, Session session) {
    NotApplicable.unlessMet(
        () -> lab.send(Call.of("GET", session.url())).expectSuccess(),
        "the session cannot be asked by GET, as session-get tells");
  }

  private static void getAfterDelete(Lab lab) {
    Session session = lab.open();
    needsGet(lab, session);
    lab.send(Call.of("DELETE", session.url())).expectSuccess();
    lab.send(Call.of("GET", session.url())).expect(404, 410);
  }

  private static void again(Lab lab) {
    Session first = deleted(lab);
    Session second = lab.open();
    Unmet.unless(!second.url().equals(first.url()), "a URL of its own", "the ended session's URL");
  }

  private static void otherType(Lab lab) {
    Session session = lab.open();
    String fragment = Fragments.trickle(session.offer(), List.of(Fragments.UDP), false);
    Exchange reply = lab.send(session.patch(fragment).with("Content-Type", "text/plain"));
    reply.expectClientError();
  }
}
