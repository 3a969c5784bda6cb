package io.github.jvbwhip.conformance.checks;

import io.github.jvbwhip.conformance.client.Lab;
import io.github.jvbwhip.conformance.client.Link;
import io.github.jvbwhip.conformance.client.NotApplicable;
import io.github.jvbwhip.conformance.client.Protocol;
import io.github.jvbwhip.conformance.client.Unmet;
import java.util.List;
import java.util.function.Predicate;

/** Link fields: STUN and TURN servers, extensions. */
final class LinkChecks {
  private LinkChecks() {}

  static List<Check> of(Protocol protocol) {
    return new CheckList(protocol, "links")
        .must(
            "ice-servers",
            protocol.section("4.6", "4.8") + ", RFC 7064, RFC 7065",
            "The target of an ice-server link is a stun:, stuns:, turn: or turns: URI.",
            LinkChecks::iceServers)
        .must(
            "turn-credentials",
            protocol.section("4.6", "4.8"),
            "A TURN server with a user name has a credential, and the other way round.",
            LinkChecks::credentials)
        .must(
            "extensions",
            protocol.section("4.9", "4.10"),
            "Each extension has one link of its own, with an HTTP URL.",
            LinkChecks::extensions)
        .done();
  }

  private static List<Link> links(Lab lab, Predicate<Link> wanted, String missing) {
    List<Link> links = lab.open().created().links().stream().filter(wanted).toList();
    NotApplicable.unless(!links.isEmpty(), missing);
    return links;
  }

  private static void iceServers(Lab lab) {
    for (Link link : links(lab, l -> l.rel().equals("ice-server"), "no ICE servers are told")) {
      Unmet.unless(
          link.target().matches("(stuns?:[^?]+|turns?:[^?]+(\\?transport=[a-z]+)?)"),
          "a STUN or TURN URI",
          link.target());
    }
  }

  private static void credentials(Lab lab) {
    Predicate<Link> turn = l -> l.rel().equals("ice-server") && l.target().startsWith("turn");
    for (Link link : links(lab, turn, "no TURN servers are told")) {
      boolean name = link.parameter("username").isPresent();
      boolean credential = link.parameter("credential").isPresent();
      Unmet.unless(
          name == credential,
          "username and credential",
          name ? "username only" : "credential only");
    }
  }

  private static void extensions(Lab lab) {
    String prefix = "urn:ietf:params:" + lab.protocol().prefix() + ":ext:";
    List<Link> links = links(lab, l -> l.rel().startsWith(prefix), "no extensions are announced");
    List<String> rels = links.stream().map(Link::rel).toList();
    Unmet.unless(rels.stream().distinct().count() == rels.size(), "one link each", rels);
    for (Link link : links) {
      Unmet.unless(link.uri().toString().startsWith("http"), "an HTTP URL", link.target());
    }
  }
}
