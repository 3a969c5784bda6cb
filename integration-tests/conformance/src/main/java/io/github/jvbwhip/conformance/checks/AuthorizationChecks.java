package io.github.jvbwhip.conformance.checks;

import io.github.jvbwhip.conformance.client.Call;
import io.github.jvbwhip.conformance.client.Exchange;
import io.github.jvbwhip.conformance.client.Lab;
import io.github.jvbwhip.conformance.client.NotApplicable;
import io.github.jvbwhip.conformance.client.Offers;
import io.github.jvbwhip.conformance.client.Protocol;
import io.github.jvbwhip.conformance.client.Unmet;
import java.util.List;

/** Bearer tokens; needs a token that the server wants. */
final class AuthorizationChecks {
  private AuthorizationChecks() {}

  static List<Check> of(Protocol protocol) {
    String bearer = protocol.section("4.7.1", "4.9.1");
    return new CheckList(protocol, "authorization")
        .must(
            "auth-missing",
            bearer + ", RFC 9110 §15.5.2",
            "A POST without the token is refused with 401 and WWW-Authenticate, or with 403.",
            lab -> refused(withoutToken(lab)))
        .must(
            "auth-wrong",
            bearer + ", RFC 6750 §3.1",
            "A POST with a wrong token is refused with 401 and WWW-Authenticate, or with 403.",
            AuthorizationChecks::wrong)
        .must(
            "auth-challenge",
            bearer + ", RFC 6750 §3",
            "The challenge of a 401 is of the Bearer scheme.",
            AuthorizationChecks::challenge)
        .done();
  }

  private static Call post(Lab lab) {
    return Call.post(lab.endpoint(), Offers.basic(lab.protocol()));
  }

  private static Exchange withoutToken(Lab lab) {
    NotApplicable.unless(lab.http().hasToken(), "no token was given");
    Exchange reply = lab.follow(post(lab).anonymous());
    NotApplicable.unless(!reply.isSuccess(), "the server needs no token");
    return reply;
  }

  private static void refused(Exchange reply) {
    reply.expect(401, 403);
    boolean challenged = reply.header("WWW-Authenticate").isPresent();
    Unmet.unless(reply.status() == 403 || challenged, "a WWW-Authenticate field", "none");
  }

  private static void wrong(Lab lab) {
    withoutToken(lab);
    refused(lab.follow(post(lab).with("Authorization", "Bearer wrong-" + Offers.random(9))));
  }

  private static void challenge(Lab lab) {
    Exchange reply = withoutToken(lab);
    NotApplicable.unless(reply.status() == 401, "the refusal is a " + reply.status());
    List<String> challenges = reply.headers().allValues("WWW-Authenticate");
    Unmet.unless(
        challenges.stream().anyMatch(value -> value.regionMatches(true, 0, "Bearer", 0, 6)),
        "WWW-Authenticate: Bearer",
        challenges);
  }
}
