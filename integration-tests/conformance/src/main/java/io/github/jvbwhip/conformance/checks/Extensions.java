package io.github.jvbwhip.conformance.checks;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.jvbwhip.conformance.client.Call;
import io.github.jvbwhip.conformance.client.EventStream;
import io.github.jvbwhip.conformance.client.Exchange;
import io.github.jvbwhip.conformance.client.Lab;
import io.github.jvbwhip.conformance.client.Link;
import io.github.jvbwhip.conformance.client.NotApplicable;
import io.github.jvbwhip.conformance.client.Session;
import io.github.jvbwhip.conformance.client.Unmet;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What the checks of both WHEP extensions share. */
final class Extensions {
  /** The rel of the server-sent events. */
  static final String EVENTS = "urn:ietf:params:whep:ext:core:server-sent-events";

  /** The rel of the layer selection. */
  static final String LAYER = "urn:ietf:params:whep:ext:core:layer";

  private Extensions() {}

  /** The extension's link. */
  static Link link(Session session, String rel) {
    return find(session, rel)
        .orElseThrow(() -> new NotApplicable("the server does not have this extension"));
  }

  /** The extension's link, if the server has it. */
  static Optional<Link> find(Session session, String rel) {
    return session.created().links().stream().filter(link -> link.rel().equals(rel)).findFirst();
  }

  /** The events that the link names; empty where it names none. */
  static List<String> events(Link link) {
    return link.parameter("events").stream()
        .flatMap(value -> Arrays.stream(value.split(",")))
        .map(String::trim)
        .filter(name -> !name.isEmpty())
        .toList();
  }

  /** Skips unless the event is named, or the link names none. */
  static void need(Link link, String event) {
    List<String> events = events(link);
    NotApplicable.unless(
        events.isEmpty() || events.contains(event), "the server does not announce " + event);
  }

  /** POSTs the list of events. */
  static Exchange create(Lab lab, Session session, String... events) {
    List<String> quoted = Arrays.stream(events).map(name -> '"' + name + '"').toList();
    return lab.send(
        Call.of("POST", link(session, EVENTS).uri())
            .with("Content-Type", "application/json")
            .body("[" + String.join(",", quoted) + "]"));
  }

  /** Creates an event stream and returns its URL. */
  static URI created(Lab lab, Session session, String... events) {
    for (String event : events) {
      need(link(session, EVENTS), event);
    }
    Exchange reply = create(lab, session, events).expect(201);
    return reply.location().orElseThrow(() -> new Unmet("a Location field", reply));
  }

  /** Creates an event stream and connects to it. */
  static EventStream connect(Lab lab, Session session, String... events) {
    return connect(lab, created(lab, session, events));
  }

  /** Connects to an event stream. */
  static EventStream connect(Lab lab, URI stream) {
    return lab.keep(() -> EventStream.connect(lab.http(), stream));
  }

  /** The data of an event, which is a JSON object. */
  static JsonNode object(EventStream.Event event) {
    return HttpChecks.parse(event.text())
        .filter(JsonNode::isObject)
        .orElseThrow(() -> new Unmet("a JSON object as data of " + event.name(), event.text()));
  }
}
