package io.github.jvbwhip.conformance.checks;

import io.github.jvbwhip.conformance.client.Exchange;
import io.github.jvbwhip.conformance.client.Lab;
import io.github.jvbwhip.conformance.client.NotApplicable;
import io.github.jvbwhip.conformance.client.Offers;
import io.github.jvbwhip.conformance.client.Protocol;
import io.github.jvbwhip.conformance.client.Sdp;
import io.github.jvbwhip.conformance.client.Unmet;
import java.util.List;
import java.util.Optional;

/** Which offers are taken, and which are refused as a whole. */
final class OfferChecks {
  private OfferChecks() {}

  static List<Check> of(Protocol protocol) {
    CheckList list = new CheckList(protocol, "offer");
    list.should(
            "offer-printed",
            protocol.section("4.2", "4.3.7"),
            "The offer that the document prints is answered with 201.",
            lab -> lab.taken(lab.post(Offers.printed(protocol))))
        .must(
            "offer-sendrecv",
            protocol.section("4.2", "4.3.5"),
            "An offer with sendrecv, which a client may make, is answered in the server's one"
                + " direction.",
            OfferChecks::sendrecv);
    return protocol == Protocol.WHIP ? publishing(list) : watching(list);
  }

  private static List<Check> publishing(CheckList list) {
    String tracks = "RFC 9725 §4.4.2";
    return list.should(
            "offer-recvonly",
            "RFC 9725 §4.2, §4.4.3",
            "An offer with recvonly is refused with 422 or 400.",
            lab -> refused(lab, Offers.withDirection(Protocol.WHIP, "recvonly")))
        .should(
            "offer-inactive",
            "RFC 9725 §4.2, §4.4.3",
            "An offer with inactive is refused with 422 or 400.",
            lab -> refused(lab, Offers.withDirection(Protocol.WHIP, "inactive")))
        .must(
            "offer-two-audio",
            tracks,
            "Two audio tracks are taken both, or the offer is refused with 422 or 400.",
            lab -> allOrNothing(lab, Offers.twoOf("audio")))
        .must(
            "offer-two-video",
            tracks,
            "Two video tracks are taken both, or the offer is refused with 422 or 400.",
            lab -> allOrNothing(lab, Offers.twoOf("video")))
        .must(
            "offer-two-streams",
            tracks,
            "Tracks of two MediaStreams are taken all, or the offer is refused with 422 or 400.",
            lab -> allOrNothing(lab, Offers.twoStreams()))
        .should(
            "offer-partial",
            "RFC 9725 §4.4.3",
            "An offer of which one m-section cannot be taken is refused with 422 or 400.",
            lab -> refused(lab, Offers.unknownVideoCodec(Protocol.WHIP)))
        .should(
            "offer-no-codec",
            "RFC 9725 §4.4.3",
            "An offer without any common codec is refused with 422 or 400.",
            lab -> refused(lab, Offers.unknownCodecs(Protocol.WHIP)))
        .should(
            "offer-active",
            "RFC 9725 §4.4.4",
            "An offer with setup:active is answered with passive, or refused with 422 or 400.",
            OfferChecks::active)
        .must(
            "offer-simulcast",
            "RFC 9725 §4.8, RFC 8853 §5.3.2",
            "Simulcast that is accepted is answered with a=simulcast:recv and a=rid lines of"
                + " offered RIDs.",
            OfferChecks::simulcast)
        .done();
  }

  private static List<Check> watching(CheckList list) {
    return list.must(
            "offer-sendonly",
            "WHEP §4.3.2, §4.3.5",
            "An offer with sendonly is refused, with a counter-offer or with 4xx.",
            lab -> lab.post(Offers.withDirection(Protocol.WHEP, "sendonly")).expectClientError())
        .must(
            "offer-inactive",
            "WHEP §4.3.2, §4.3.5",
            "An offer with inactive is refused, with a counter-offer or with 4xx.",
            lab -> lab.post(Offers.withDirection(Protocol.WHEP, "inactive")).expectClientError())
        .done();
  }

  private static void sendrecv(Lab lab) {
    Sdp answer = lab.open(Offers.withDirection(lab.protocol(), "sendrecv")).answer();
    AnswerChecks.expectDirection(answer, lab.protocol());
  }

  private static void refused(Lab lab, String offer) {
    lab.post(offer).expect(422, 400);
  }

  private static void allOrNothing(Lab lab, String offer) {
    Exchange reply = lab.post(offer).expect(201, 422, 400);
    if (reply.status() == 201) {
      boolean partial = Sdp.parse(reply.body()).sections().stream().anyMatch(s -> s.isRejected());
      Unmet.unless(!partial, "all m-sections accepted, or 422 or 400", "201 with port 0");
    }
  }

  private static void active(Lab lab) {
    Exchange reply =
        lab.post(Offers.basic(lab.protocol()).replace("setup:actpass", "setup:active"))
            .expect(201, 422, 400);
    if (reply.status() == 201) {
      Optional<String> setup = Sdp.parse(reply.body()).tagged().value("setup");
      Unmet.unless(setup.equals(Optional.of("passive")), "a=setup:passive", setup);
    }
  }

  private static void simulcast(Lab lab) {
    Sdp answer = lab.open(Offers.simulcast()).answer();
    Unmet.unless(answer.sections().size() == 2, "2 m-sections", answer.sections().size());
    Sdp.Section video = answer.sections().get(1);
    List<String> simulcast = video.values("simulcast");
    NotApplicable.unless(!simulcast.isEmpty(), "the server does not accept simulcast");
    String value = simulcast.get(0);
    Unmet.unless(value.startsWith("recv "), "a=simulcast:recv ...", value);
    List<String> answered = List.of(value.substring("recv ".length()).split("[;,]"));
    List<String> rids = video.values("rid");
    for (String rid : answered) {
      String id = rid.replaceFirst("^~", "");
      Unmet.unless(List.of("l", "m", "h").contains(id), "offered RIDs", id);
      boolean declared = rids.stream().anyMatch(line -> line.startsWith(id + " recv"));
      Unmet.unless(declared, "a=rid:" + id + " recv", rids);
    }
  }
}
