package io.github.jvbwhip.conformance.checks;

import io.github.jvbwhip.conformance.client.Call;
import io.github.jvbwhip.conformance.client.Exchange;
import io.github.jvbwhip.conformance.client.Lab;
import io.github.jvbwhip.conformance.client.NotApplicable;
import io.github.jvbwhip.conformance.client.Offers;
import io.github.jvbwhip.conformance.client.Protocol;
import io.github.jvbwhip.conformance.client.Unmet;
import java.util.List;

/** How WHEP endpoints are found, and what they say while nothing is published. */
final class DiscoveryChecks {
  private DiscoveryChecks() {}

  static List<Check> all() {
    String section = "WHEP §4.2";
    return new CheckList(Protocol.WHEP, "discovery")
        .should(
            "head-ok",
            section,
            "HEAD of the endpoint is answered with 200.",
            lab -> head(lab).expect(200))
        .should(
            "head-type",
            section,
            "HEAD of the endpoint has the content type application/sdp.",
            lab -> {
              Exchange reply = head(lab);
              Unmet.unless(reply.mediaType().equals(Call.SDP), Call.SDP, reply);
            })
        .must(
            "head-no-body",
            section,
            "The answer to HEAD has no body.",
            lab -> head(lab).expectNoContent())
        .must(
            "head-like-get",
            section,
            "HEAD has the content type of GET.",
            lab -> {
              String get = lab.send(Call.of("GET", lab.endpoint())).mediaType();
              Unmet.unless(head(lab).mediaType().equals(get), "content type " + get, head(lab));
            })
        .must(
            "unpublished",
            "WHEP §4.3.8",
            "An endpoint that wants a live publisher says so with 409 and Retry-After in seconds.",
            DiscoveryChecks::unpublished)
        .done();
  }

  private static Exchange head(Lab lab) {
    return lab.send(Call.of("HEAD", lab.endpoint()));
  }

  private static void unpublished(Lab lab) {
    lab.offAir();
    Exchange reply = lab.post(Offers.basic(Protocol.WHEP));
    NotApplicable.unless(
        !reply.isSuccess() && reply.status() != 406, "the server lets players wait");
    reply.expect(409);
    String value = reply.header("Retry-After").orElse("none");
    Unmet.unless(value.matches("\\d+"), "Retry-After: <seconds>", value);
  }
}
