package io.github.jvbwhip.conformance.checks;

import io.github.jvbwhip.conformance.client.Call;
import io.github.jvbwhip.conformance.client.Exchange;
import io.github.jvbwhip.conformance.client.Lab;
import io.github.jvbwhip.conformance.client.NotApplicable;
import io.github.jvbwhip.conformance.client.Offers;
import io.github.jvbwhip.conformance.client.Protocol;
import io.github.jvbwhip.conformance.client.Unmet;
import java.net.URI;
import java.util.List;
import java.util.stream.IntStream;

/** The endpoint: GET, and POST as far as HTTP goes. */
final class EndpointChecks {
  private EndpointChecks() {}

  static List<Check> of(Protocol protocol) {
    String usage = protocol.section("4.1", "4.1");
    String accepts = protocol.section("4.2", "4.3.1");
    String errors = protocol.section("4.2", "4.3.4");
    return new CheckList(protocol, "endpoint")
        .must(
            "endpoint-get",
            usage,
            "A GET of the endpoint is answered with 2xx and no content.",
            lab -> lab.send(Call.of("GET", lab.endpoint())).expectSuccess().expectNoContent())
        .must(
            "post-created",
            accepts,
            "A POST of a good offer is answered with 201.",
            lab -> lab.taken(lab.post(Offers.basic(protocol))))
        .must(
            "post-type",
            accepts,
            "The 201 has the content type application/sdp.",
            EndpointChecks::type)
        .must(
            "post-body",
            accepts,
            "The body of the 201 is a session description.",
            EndpointChecks::description)
        .must(
            "post-location",
            accepts,
            "The 201 has a Location field with the session's URL.",
            EndpointChecks::location)
        .must(
            "post-type-case",
            "RFC 9110 §8.3.1",
            "The media type of the POST is compared without regard to case.",
            lab -> lab.taken(lab.follow(typed(lab, "Application/SDP"))))
        .must(
            "post-other-type",
            errors,
            "A POST of another content type is refused with 4xx.",
            lab -> lab.follow(typed(lab, "text/plain")).expectClientError())
        .must(
            "post-json-type",
            errors,
            "A POST of an offer wrapped as application/json is refused with 4xx.",
            lab -> lab.follow(typed(lab, "application/json")).expectClientError())
        .must(
            "post-no-type",
            errors,
            "A POST without a content type is refused with 4xx.",
            EndpointChecks::withoutType)
        .must(
            "post-malformed",
            errors,
            "A POST of something that is no session description is refused with 4xx.",
            lab -> lab.post("This is not SDP.\r\n").expectClientError())
        .must(
            "post-malformed-line",
            errors,
            "A POST of an offer with a malformed m-line is refused with 4xx.",
            lab ->
                lab.post(Offers.basic(protocol).replace("m=video 9 ", "m=video nine "))
                    .expectClientError())
        .must(
            "post-redirect",
            protocol.section("4.5", "4.7"),
            "A POST is never redirected with 301 or 302.",
            EndpointChecks::redirect)
        .should(
            "session-url-random",
            protocol.section("5", "5"),
            "Session URLs are random enough not to be guessed.",
            EndpointChecks::randomUrls)
        .must(
            "session-url-https",
            protocol.section("5", "5"),
            "The session of an HTTPS endpoint has an HTTPS URL.",
            EndpointChecks::https)
        .done();
  }

  private static Call typed(Lab lab, String type) {
    return Call.post(lab.endpoint(), Offers.basic(lab.protocol())).with("Content-Type", type);
  }

  private static void type(Lab lab) {
    Exchange created = lab.open().created();
    Unmet.unless(created.mediaType().equals(Call.SDP), "content type application/sdp", created);
  }

  private static void description(Lab lab) {
    String body = lab.open().created().body();
    Unmet.unless(
        body.startsWith("v=0") && body.contains("\nm="),
        "v=0 first, and m-lines",
        body.lines().findFirst().orElse("an empty body"));
  }

  private static void location(Lab lab) {
    Exchange created = lab.open().created();
    boolean other = created.location().filter(url -> !url.equals(created.uri())).isPresent();
    Unmet.unless(other, "a URL other than the endpoint's", "the endpoint's own URL");
  }

  private static void withoutType(Lab lab) {
    Call call = Call.of("POST", lab.endpoint()).body(Offers.basic(lab.protocol()));
    Exchange reply = lab.follow(call);
    if (reply.isSuccess()) {
      throw lab.tolerated("4xx", reply);
    }
    reply.expectClientError();
  }

  private static void redirect(Lab lab) {
    Exchange first = lab.send(Call.post(lab.endpoint(), Offers.basic(lab.protocol())));
    Unmet.unless(first.status() != 301 && first.status() != 302, "307 or no redirection", first);
    Unmet.unless(
        first.status() / 100 != 3 || first.location().isPresent(), "a Location field", first);
  }

  /** 64 bits at the least, counted as 4 bits for each character that differs. */
  private static void randomUrls(Lab lab) {
    String one = lab.open().url().toString();
    lab.send(Call.of("DELETE", URI.create(one)));
    String other = lab.open().url().toString();
    int length = Math.min(one.length(), other.length());
    long different =
        IntStream.range(0, length).filter(i -> one.charAt(i) != other.charAt(i)).count();
    Unmet.unless(
        different >= 12, "12 or more characters that differ from session to session", different);
  }

  private static void https(Lab lab) {
    NotApplicable.unless(
        "https".equals(lab.endpoint().getScheme()), "the endpoint's URL is not HTTPS");
    URI url = lab.open().url();
    Unmet.unless("https".equals(url.getScheme()), "https", url.getScheme());
  }
}
