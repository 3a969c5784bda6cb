package io.github.jvbwhip.conformance.checks;

import io.github.jvbwhip.conformance.client.Call;
import io.github.jvbwhip.conformance.client.Exchange;
import io.github.jvbwhip.conformance.client.Lab;
import io.github.jvbwhip.conformance.client.NotApplicable;
import io.github.jvbwhip.conformance.client.Offers;
import io.github.jvbwhip.conformance.client.Protocol;
import io.github.jvbwhip.conformance.client.Sdp;
import io.github.jvbwhip.conformance.client.Unmet;
import io.github.jvbwhip.testpeer.TestPeer;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Counter-offers: provoked by an offer without a codec that anybody has. */
final class CounterOfferChecks {
  private static final Pattern VALID_UNTIL =
      Pattern.compile("valid-until\\s*=\\s*(?:\"([^\"]*)\"|([^;]*))", Pattern.CASE_INSENSITIVE);

  private CounterOfferChecks() {}

  static List<Check> all() {
    String section = "WHEP §4.3.2";
    return new CheckList(Protocol.WHEP, "counter-offer")
        .must(
            "counter-status",
            section,
            "A well-formed offer that the server rejects is answered with 406.",
            CounterOfferChecks::status)
        .must(
            "counter-type",
            section,
            "The 406 has the content type application/sdp and an offer as its body.",
            CounterOfferChecks::type)
        .must(
            "counter-location",
            section,
            "The 406 has a Location field with the session's URL.",
            lab -> url(offered(lab)))
        .must(
            "counter-valid-until",
            section,
            "The parameter valid-until, where there is one, is an HTTP-date in the future.",
            CounterOfferChecks::validUntil)
        .must(
            "counter-direction",
            "WHEP §4.3.5",
            "No m-section of the counter-offer is inactive or recvonly.",
            lab -> directions(lab, List.of("sendonly", "sendrecv")))
        .should(
            "counter-sendonly",
            "WHEP §4.3.5",
            "Every m-section of the counter-offer is sendonly.",
            lab -> directions(lab, List.of("sendonly")))
        .must(
            "counter-answer",
            section,
            "A PATCH with the player's answer is answered with 204.",
            lab -> answer(lab, lab.peer()))
        .must(
            "counter-malformed",
            section,
            "A PATCH with a malformed answer is refused with 4xx.",
            lab -> lab.send(sdp(url(offered(lab)), "This is not SDP.\r\n")).expectClientError())
        .must(
            "counter-media",
            section,
            "After the answer ICE and DTLS are set up, and media flows.",
            lab -> {
              TestPeer peer = lab.peer();
              answer(lab, peer);
              peer.awaitConnected(lab.soon());
              peer.awaitVideoPackets(10, lab.soon());
            })
        .must(
            "counter-delete",
            "WHEP §4.4",
            "A session whose counter-offer was not answered can be deleted.",
            lab -> lab.send(Call.of("DELETE", url(offered(lab)))).expectSuccess())
        .done();
  }

  private static void status(Lab lab) {
    Exchange reply = lab.post(Offers.unknownCodecs(Protocol.WHEP));
    NotApplicable.unless(reply.status() != 201, "the server accepts every offer");
    reply.expect(406);
  }

  private static Exchange offered(Lab lab) {
    return NotApplicable.unlessMet(
        () -> lab.post(Offers.unknownCodecs(Protocol.WHEP)).expect(406),
        "the server makes no counter-offer");
  }

  private static URI url(Exchange offered) {
    return offered.location().orElseThrow(() -> new Unmet("a Location field", offered));
  }

  private static void type(Lab lab) {
    Exchange reply = offered(lab);
    Unmet.unless(reply.mediaType().equals(Call.SDP), Call.SDP, reply);
    Unmet.unless(!Sdp.parse(reply.body()).sections().isEmpty(), "m-sections", "none");
  }

  private static void validUntil(Lab lab) {
    Matcher matcher = VALID_UNTIL.matcher(offered(lab).header("Content-Type").orElse(""));
    NotApplicable.unless(matcher.find(), "no valid-until: 30 seconds then");
    String value = matcher.group(1) == null ? matcher.group(2) : matcher.group(1);
    Instant until;
    try {
      until = ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
    } catch (DateTimeException e) {
      throw new Unmet("an HTTP-date", value);
    }
    // A second is as precise as the date is; more would be the clocks' difference.
    Unmet.unless(until.isAfter(Instant.now().minusSeconds(1)), "a date to come", value);
  }

  private static void directions(Lab lab, List<String> allowed) {
    for (Sdp.Section section : Sdp.parse(offered(lab).body()).sections()) {
      Unmet.unless(
          allowed.contains(section.direction()),
          String.join(" or ", allowed) + " in m=" + section.kind(),
          section.direction());
    }
  }

  private static void answer(Lab lab, TestPeer peer) {
    Exchange offered = offered(lab);
    String answer = peer.answer(offered.body());
    String complete = answer.replace("a=rtcp-mux\r\n", "a=rtcp-mux\r\na=rtcp-mux-only\r\n");
    lab.send(sdp(url(offered), complete)).expect(204);
  }

  private static Call sdp(URI session, String body) {
    return Call.of("PATCH", session).with("Content-Type", Call.SDP).body(body);
  }
}
