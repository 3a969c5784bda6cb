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

/** Entity tags and conditional requests. */
final class ConditionChecks {
  private ConditionChecks() {}

  static List<Check> of(Protocol protocol) {
    String patch = protocol.section("4.3.1", "4.5.1");
    return new CheckList(protocol, "entity tags")
        .must(
            "etag-created",
            patch,
            "The 201 of a server with ICE restarts has an ETag field with a strong entity tag.",
            ConditionChecks::created)
        .must(
            "if-match-missing",
            patch,
            "A PATCH without an entity tag is answered with 428.",
            ConditionChecks::missing)
        .must(
            "if-match-other",
            patch,
            "A PATCH with another entity tag is answered with 412.",
            lab -> {
              Session session = tagged(lab);
              conditional(lab, session, "\"no-such-tag\"").expect(412);
            })
        .must(
            "if-match-weak",
            patch + ", RFC 9110 §13.1.1",
            "Entity tags are compared strongly: a weak one never matches.",
            ConditionChecks::weak)
        .must(
            "if-match-list",
            patch + ", RFC 9110 §13.1.1",
            "A list of entity tags matches when one of them does.",
            ConditionChecks::list)
        .must(
            "if-match-any",
            patch + ", RFC 9110 §13.1.1",
            "If-Match: * matches any session that is live.",
            ConditionChecks::any)
        .must(
            "if-match-keeps",
            patch,
            "A PATCH that is refused for its entity tag changes nothing.",
            ConditionChecks::keeps)
        .done();
  }

  /** A session that has an entity tag and takes candidates. */
  private static Session tagged(Lab lab) {
    Session session = lab.open();
    NotApplicable.unless(session.entityTag().isPresent(), "the server uses no entity tags");
    TrickleChecks.supported(lab, session);
    return session;
  }

  private static Call trickle(Session session) {
    String fragment = Fragments.trickle(session.offer(), List.of(Fragments.UDP), false);
    return Call.patch(session.url(), fragment);
  }

  private static Exchange conditional(Lab lab, Session session, String condition) {
    return lab.send(trickle(session).with("If-Match", condition));
  }

  private static void created(Lab lab) {
    Session session = lab.open();
    String tag = session.entityTag().orElse("");
    if (tag.isEmpty()) {
      RestartChecks.restarted(lab, session);
    }
    Unmet.unless(
        tag.matches("\"[\\x21\\x23-\\x7e\\x80-\\xff]*\""),
        "a strong entity tag, such as \"xyzzy\"",
        tag.isEmpty() ? "no ETag field" : tag);
  }

  private static void missing(Lab lab) {
    Session session = tagged(lab);
    Exchange reply = lab.send(trickle(session));
    if (reply.isSuccess()) {
      throw lab.tolerated("428", reply);
    }
    reply.expect(428);
  }

  private static void weak(Lab lab) {
    Session session = tagged(lab);
    conditional(lab, session, "W/" + session.entityTag().orElse("")).expect(412);
  }

  private static void list(Lab lab) {
    Session session = tagged(lab);
    conditional(lab, session, "\"no-such-tag\", " + session.entityTag().orElse("")).expectSuccess();
  }

  private static void any(Lab lab) {
    Session session = tagged(lab);
    conditional(lab, session, "*").expectSuccess();
  }

  private static void keeps(Lab lab) {
    Session session = tagged(lab);
    Exchange refused = conditional(lab, session, "\"no-such-tag\"");
    NotApplicable.unless(!refused.isSuccess(), "nothing is refused, as if-match-other tells");
    conditional(lab, session, session.entityTag().orElse("")).expectSuccess();
  }
}
