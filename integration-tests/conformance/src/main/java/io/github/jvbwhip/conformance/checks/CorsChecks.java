package io.github.jvbwhip.conformance.checks;

import io.github.jvbwhip.conformance.client.Call;
import io.github.jvbwhip.conformance.client.Exchange;
import io.github.jvbwhip.conformance.client.Lab;
import io.github.jvbwhip.conformance.client.Offers;
import io.github.jvbwhip.conformance.client.Protocol;
import io.github.jvbwhip.conformance.client.Unmet;
import java.net.URI;
import java.util.List;
import java.util.Locale;

/** Cross-origin requests, as browsers make them. */
final class CorsChecks {
  private static final String ORIGIN = "https://conformance.example";
  private static final String ALLOWED = "Access-Control-Allow-Headers";

  private CorsChecks() {}

  static List<Check> of(Protocol protocol) {
    String options = protocol.section("4.2", "4.4");
    String fetch = options + ", Fetch §3.3";
    return new CheckList(protocol, "CORS")
        .must(
            "cors-preflight",
            options,
            "The endpoint answers a preflight with 2xx and allows the origin.",
            lab -> allowsOrigin(preflight(lab).expectSuccess()))
        .must(
            "cors-preflight-headers",
            fetch,
            "The preflight allows the header fields that a client needs: Content-Type and"
                + " Authorization.",
            lab -> allowsHeaders(preflight(lab), "content-type", "authorization"))
        .must(
            "cors-anonymous",
            protocol.section("4.7.1", "4.9.1"),
            "A preflight, which browsers send without Authorization, needs no token.",
            lab -> preflight(lab).expectSuccess())
        .should(
            "options-accept-post",
            options,
            "The answer to OPTIONS has Accept-Post with application/sdp.",
            CorsChecks::acceptPost)
        .should(
            "cors-session-preflight",
            fetch,
            "The session answers a preflight of PATCH and of DELETE and allows the method.",
            CorsChecks::sessionPreflight)
        .must(
            "cors-post",
            fetch,
            "The answer to a cross-origin POST allows the origin.",
            lab -> allowsOrigin(lab.taken(crossOrigin(lab, Offers.basic(protocol)))))
        .should(
            "cors-exposed",
            fetch,
            "Location, ETag and Link are exposed to the page.",
            CorsChecks::exposed)
        .should(
            "cors-error",
            fetch,
            "A refusal allows the origin too, so that the page can tell why.",
            lab -> allowsOrigin(crossOrigin(lab, "nonsense").expectClientError()))
        .should(
            "options-preflight-ice",
            "RFC 9725 §4.6",
            "The answer to a preflight has no STUN or TURN servers.",
            CorsChecks::noIceServers)
        .done();
  }

  private static Exchange preflight(Lab lab) {
    return lab.send(Call.preflight(lab.endpoint(), "POST", "authorization,content-type"));
  }

  private static Exchange crossOrigin(Lab lab, String body) {
    return lab.follow(Call.post(lab.endpoint(), body).with("Origin", ORIGIN));
  }

  private static void allowsOrigin(Exchange reply) {
    List<String> values = reply.headers().allValues("Access-Control-Allow-Origin");
    boolean allowed = values.equals(List.of("*")) || values.equals(List.of(ORIGIN));
    Unmet.unless(allowed, "one Access-Control-Allow-Origin, * or " + ORIGIN, values);
  }

  private static void allowsHeaders(Exchange reply, String... names) {
    List<String> allowed = reply.listed(ALLOWED);
    for (String name : names) {
      // The asterisk never stands for Authorization (Fetch §3.3.2).
      boolean any = allowed.contains("*") && !name.equals("authorization");
      Unmet.unless(any || allowed.contains(name), ALLOWED + " with " + name, allowed);
    }
  }

  private static void acceptPost(Lab lab) {
    Exchange reply = lab.send(Call.of("OPTIONS", lab.endpoint())).expectSuccess();
    List<String> types = reply.listed("Accept-Post");
    Unmet.unless(types.contains(Call.SDP), "Accept-Post: " + Call.SDP, types);
  }

  private static void sessionPreflight(Lab lab) {
    URI url = lab.open().url();
    for (String method : List.of("PATCH", "DELETE")) {
      Exchange reply =
          lab.send(Call.preflight(url, method, "authorization,content-type,if-match"))
              .expectSuccess();
      allowsOrigin(reply);
      List<String> methods = reply.listed("Access-Control-Allow-Methods");
      boolean allowed = methods.contains("*") || methods.contains(method.toLowerCase(Locale.ROOT));
      Unmet.unless(allowed, "Access-Control-Allow-Methods with " + method, methods);
      allowsHeaders(reply, "content-type", "authorization", "if-match");
    }
  }

  private static void exposed(Lab lab) {
    Exchange reply = lab.taken(crossOrigin(lab, Offers.basic(lab.protocol())));
    List<String> exposed = reply.listed("Access-Control-Expose-Headers");
    for (String name : List.of("location", "etag", "link")) {
      boolean needed = reply.header(name).isPresent();
      Unmet.unless(
          !needed || exposed.contains(name) || exposed.contains("*"),
          "Access-Control-Expose-Headers with " + name,
          exposed);
    }
  }

  private static void noIceServers(Lab lab) {
    long servers =
        preflight(lab).links().stream().filter(link -> link.rel().equals("ice-server")).count();
    Unmet.unless(servers == 0, "no ice-server links", servers);
  }
}
