package io.github.jvbwhip.conformance.checks;

import io.github.jvbwhip.conformance.client.Lab;
import io.github.jvbwhip.conformance.client.NotApplicable;
import io.github.jvbwhip.conformance.client.Protocol;
import io.github.jvbwhip.conformance.client.Sdp;
import io.github.jvbwhip.conformance.client.Session;
import io.github.jvbwhip.conformance.client.Unmet;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;

/** What an answer says. */
final class AnswerChecks {
  private static final Pattern ICE_CHARS = Pattern.compile("[A-Za-z0-9+/]+");

  private AnswerChecks() {}

  static List<Check> of(Protocol protocol) {
    String set = protocol.section("4.2", "4.3.1");
    String bundle = protocol.section("4.4.1", "4.6.1");
    CheckList list =
        new CheckList(protocol, "answer")
            .must(
                "answer-sections",
                set + ", RFC 3264 §6",
                "The answer has the offer's m-sections, in their order.",
                AnswerChecks::sections)
            .must(
                "answer-mids",
                set + ", RFC 9429 §5.3.1",
                "Each m-section of the answer has the offer's a=mid.",
                each(AnswerChecks::mid))
            .must(
                "answer-formats",
                set + ", RFC 3264 §6.1",
                "The answer names no payload type that was not offered.",
                each(AnswerChecks::formats))
            .must(
                "answer-direction",
                protocol.section("4.2", "4.3.5"),
                "Every m-section of the answer is " + protocol.serverDirection() + ".",
                lab -> expectDirection(open(lab).answer(), lab.protocol()))
            .must(
                "answer-bundle", bundle, "The answer bundles all m-sections.", AnswerChecks::bundle)
            .must(
                "answer-rtcp-mux",
                bundle,
                "Each bundled m-section of the answer has a=rtcp-mux.",
                each(AnswerChecks::muxed))
            .must(
                "answer-rtcp-mux-only",
                bundle,
                "Each bundled m-section of the answer has a=rtcp-mux-only.",
                AnswerChecks::muxedOnly)
            .must(
                "answer-candidates",
                protocol.section("4.3.2", "4.5.2"),
                "The answer has the server's ICE candidates: there is no way to send more.",
                AnswerChecks::candidates)
            .must(
                "answer-ice",
                set + ", RFC 8839 §5.4",
                "The answer has an ice-ufrag of 4 and an ice-pwd of 22 characters at the least.",
                AnswerChecks::credentials)
            .must(
                "answer-fingerprint",
                protocol.section("5", "5") + ", RFC 8827 §6.5",
                "The answer has a DTLS fingerprint.",
                AnswerChecks::fingerprint)
            .must(
                "answer-setup",
                protocol.section("4.4.4", "4.3.1") + ", RFC 8842 §5.3",
                "The answer to setup:actpass is active or passive.",
                AnswerChecks::setup)
            .must(
                "answer-extensions",
                set + ", RFC 8285 §6",
                "The answer has no header extension that was not offered with that id.",
                each(AnswerChecks::extensions));
    if (protocol == Protocol.WHEP) {
      list.must(
          "answer-msid",
          "WHEP §4.6.2",
          "All m-sections of the answer have an msid of the same MediaStream.",
          AnswerChecks::msid);
    }
    return list.done();
  }

  private static void sections(Lab lab) {
    Session session = lab.open();
    List<String> expected = kinds(session.offer());
    List<String> seen = kinds(session.answer());
    Unmet.unless(seen.equals(expected), "m-sections " + expected, seen);
  }

  private static List<String> kinds(Sdp description) {
    return description.sections().stream().map(Sdp.Section::kind).toList();
  }

  private static Check.Procedure each(BiConsumer<Session, Integer> check) {
    return lab -> {
      Session session = open(lab);
      int sections = session.answer().sections().size();
      for (int i = 0; i < Math.min(sections, session.offer().sections().size()); i++) {
        check.accept(session, i);
      }
    };
  }

  /** A session whose answer has something to look at: that it has all, one check tells. */
  private static Session open(Lab lab) {
    Session session = lab.open();
    NotApplicable.unless(
        !session.answer().sections().isEmpty(),
        "the answer has no m-sections, as answer-sections tells");
    return session;
  }

  private static Sdp.Section offered(Session session, int i) {
    return session.offer().sections().get(i);
  }

  private static Sdp.Section answered(Session session, int i) {
    return session.answer().sections().get(i);
  }

  private static void mid(Session session, int i) {
    String expected = offered(session, i).mid();
    String seen = answered(session, i).mid();
    Unmet.unless(seen.equals(expected), "a=mid:" + expected, "a=mid:" + seen);
  }

  private static void formats(Session session, int i) {
    List<String> offered = offered(session, i).formats();
    List<String> seen = answered(session, i).formats();
    Unmet.unless(offered.containsAll(seen), "a part of " + offered, seen);
  }

  static void expectDirection(Sdp answer, Protocol protocol) {
    for (Sdp.Section section : answer.sections()) {
      String seen = section.direction();
      Unmet.unless(
          seen.equals(protocol.serverDirection()),
          protocol.serverDirection() + " in m=" + section.kind(),
          seen);
    }
  }

  private static void bundle(Lab lab) {
    Sdp answer = open(lab).answer();
    List<String> mids = answer.sections().stream().map(Sdp.Section::mid).toList();
    Unmet.unless(answer.bundle().containsAll(mids), "a=group:BUNDLE with " + mids, answer.bundle());
  }

  private static void muxed(Session session, int i) {
    Sdp.Section section = answered(session, i);
    Unmet.unless(section.has("rtcp-mux"), "a=rtcp-mux in m=" + section.kind(), "none");
  }

  /** RFC 8858 §4.3, which both documents refer to, forbids in answers what they ask for. */
  private static void muxedOnly(Lab lab) {
    for (Sdp.Section section : open(lab).answer().sections()) {
      if (!section.has("rtcp-mux-only")) {
        throw lab.tolerated(
            "a=rtcp-mux-only in m=" + section.kind(), "none, as RFC 8858 §4.3 has it for answers");
      }
    }
  }

  private static void candidates(Lab lab) {
    List<String> candidates = open(lab).answer().tagged().values("candidate");
    Unmet.unless(!candidates.isEmpty(), "a=candidate lines in the tagged m-section", "none");
  }

  private static void credentials(Lab lab) {
    Sdp.Section tagged = open(lab).answer().tagged();
    expectIce("ice-ufrag", tagged, 4);
    expectIce("ice-pwd", tagged, 22);
  }

  /** A credential of at least that many characters. */
  static void expectIce(String name, Sdp.Section section, int least) {
    String value = section.value(name).orElse("");
    Unmet.unless(
        value.length() >= least && ICE_CHARS.matcher(value).matches(),
        "a=" + name + " of at least " + least + " ice-chars",
        value.isEmpty() ? "none" : value.length() + " characters");
  }

  private static void fingerprint(Lab lab) {
    String value = open(lab).answer().tagged().value("fingerprint").orElse("none");
    Unmet.unless(value.matches("(?i)sha-\\d+ [0-9a-f:]{59,}"), "a=fingerprint:sha-...", value);
  }

  private static void setup(Lab lab) {
    String value = open(lab).answer().tagged().value("setup").orElse("none");
    Unmet.unless(List.of("active", "passive").contains(value), "active or passive", value);
  }

  private static void extensions(Session session, int i) {
    List<String> offered =
        offered(session, i).values("extmap").stream().map(AnswerChecks::plain).toList();
    for (String value : answered(session, i).values("extmap")) {
      Unmet.unless(offered.contains(plain(value)), "one of " + offered, value);
    }
  }

  /** Id and URI, without a direction and attributes. */
  private static String plain(String extmap) {
    String[] parts = extmap.split(" +");
    return parts[0].replaceFirst("/.*", "") + " " + (parts.length > 1 ? parts[1] : "");
  }

  private static void msid(Lab lab) {
    List<Sdp.Section> sections = open(lab).answer().sections();
    List<String> streams =
        sections.stream()
            .map(s -> s.values("msid").stream().findFirst().orElse("none").split(" ")[0])
            .toList();
    Unmet.unless(
        !streams.contains("none") && streams.stream().distinct().count() == 1,
        "one MediaStream in all m-sections",
        streams);
  }
}
