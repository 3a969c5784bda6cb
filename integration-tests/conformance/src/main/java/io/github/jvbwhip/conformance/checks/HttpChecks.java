package io.github.jvbwhip.conformance.checks;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.jvbwhip.conformance.client.Call;
import io.github.jvbwhip.conformance.client.Exchange;
import io.github.jvbwhip.conformance.client.Lab;
import io.github.jvbwhip.conformance.client.NotApplicable;
import io.github.jvbwhip.conformance.client.Offers;
import io.github.jvbwhip.conformance.client.Protocol;
import io.github.jvbwhip.conformance.client.Unmet;
import java.util.List;
import java.util.Optional;

/** What HTTP itself wants, and how errors are told. */
final class HttpChecks {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private HttpChecks() {}

  static List<Check> of(Protocol protocol) {
    String usage = protocol.section("4.1", "4.1");
    return new CheckList(protocol, "HTTP and errors")
        .must(
            "http-head",
            "RFC 9110 §9.3.2",
            "HEAD of the endpoint is answered with the status of GET, and no content.",
            HttpChecks::head)
        .must(
            "http-chunked",
            "RFC 9112 §7.1",
            "An offer in chunks is taken.",
            lab ->
                lab.taken(lab.follow(Call.post(lab.endpoint(), Offers.basic(protocol)).inChunks())))
        .must(
            "http-405",
            "RFC 9110 §15.5.6",
            "A 405 has an Allow field.",
            HttpChecks::methodNotAllowed)
        .may(
            "problem-details",
            usage + ", RFC 9457 §3",
            "Errors have a problem document: a JSON object, its status that of the response.",
            HttpChecks::problem)
        .done();
  }

  private static void head(Lab lab) {
    Exchange get = lab.send(Call.of("GET", lab.endpoint()));
    lab.send(Call.of("HEAD", lab.endpoint())).expect(get.status()).expectNoContent();
  }

  private static void methodNotAllowed(Lab lab) {
    Exchange reply =
        lab.send(Call.of("PUT", lab.endpoint()).with("Content-Type", Call.SDP).body("x"));
    NotApplicable.unless(reply.status() == 405, "PUT was answered with " + reply.status());
    List<String> allowed = reply.listed("Allow");
    Unmet.unless(allowed.contains("post"), "an Allow field with POST", allowed);
  }

  private static void problem(Lab lab) {
    Exchange reply = lab.post("This is not SDP.\r\n").expectClientError();
    NotApplicable.unless(
        reply.mediaType().equals("application/problem+json"), "errors have no problem document");
    JsonNode document = parse(reply.body()).filter(JsonNode::isObject).orElse(null);
    if (document == null) {
      throw new Unmet("a JSON object", reply.body());
    }
    int status = document.path("status").asInt(reply.status());
    Unmet.unless(status == reply.status(), "status " + reply.status(), status);
  }

  /** Reads JSON; empty when it is none. */
  static Optional<JsonNode> parse(String text) {
    try {
      return Optional.ofNullable(JSON.readTree(text));
    } catch (JacksonException e) {
      return Optional.empty();
    }
  }
}
