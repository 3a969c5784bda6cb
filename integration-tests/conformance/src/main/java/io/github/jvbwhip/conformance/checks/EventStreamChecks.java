package io.github.jvbwhip.conformance.checks;

import io.github.jvbwhip.conformance.client.Call;
import io.github.jvbwhip.conformance.client.EventStream;
import io.github.jvbwhip.conformance.client.Exchange;
import io.github.jvbwhip.conformance.client.Lab;
import io.github.jvbwhip.conformance.client.Link;
import io.github.jvbwhip.conformance.client.Protocol;
import io.github.jvbwhip.conformance.client.Session;
import io.github.jvbwhip.conformance.client.Unmet;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/** Server-sent events: how streams are made, read and ended. */
final class EventStreamChecks {

  private EventStreamChecks() {}

  static List<Check> all() {
    String section = "WHEP events §4";
    return new CheckList(Protocol.WHEP, "event streams")
        .must(
            "sse-link",
            section,
            "The 201 has a link to the server-sent events' entry point.",
            EventStreamChecks::link)
        .must(
            "sse-create",
            section,
            "A POST of a list of events is answered with 201 and the stream's Location.",
            lab -> Extensions.created(lab, lab.open(), "active"))
        .must(
            "sse-create-empty",
            section,
            "A POST without a list is answered with 201 and the stream's Location.",
            EventStreamChecks::createEmpty)
        .must(
            "sse-unsupported",
            section,
            "A list with an event that is not supported is refused with 400, and no stream made.",
            EventStreamChecks::unsupported)
        .must(
            "sse-type",
            section + ", WHATWG HTML §9.2",
            "A GET of the stream is answered with 200 and text/event-stream.",
            EventStreamChecks::type)
        .must(
            "sse-filter",
            section,
            "A stream has only the events that it was made for.",
            EventStreamChecks::filter)
        .must(
            "sse-single-line",
            section,
            "Each event has its type in the event field, and a single data line of JSON.",
            EventStreamChecks::singleLine)
        .must(
            "sse-queued",
            section,
            "Events that came before the player connects are delivered when it does.",
            EventStreamChecks::queued)
        .must(
            "sse-delete",
            section,
            "A stream can be deleted, and a GET of it is answered with 404 then.",
            EventStreamChecks::delete)
        .must(
            "sse-end-with-session",
            section,
            "All streams of a session end with it, also those that are being read.",
            EventStreamChecks::endWithSession)
        .done();
  }

  private static void link(Lab lab) {
    Session session = lab.open();
    Link link = Extensions.link(session, Extensions.EVENTS);
    Unmet.unless(link.uri().toString().startsWith("http"), "an HTTP URL", link.target());
    boolean named = link.parameter("events").isEmpty() || !Extensions.events(link).isEmpty();
    Unmet.unless(named, "a list of events", "an empty one");
  }

  private static void createEmpty(Lab lab) {
    Link link = Extensions.link(lab.open(), Extensions.EVENTS);
    Exchange reply = lab.send(Call.of("POST", link.uri())).expect(201);
    Unmet.unless(reply.location().isPresent(), "a Location field", reply);
  }

  private static void unsupported(Lab lab) {
    Exchange reply = Extensions.create(lab, lab.open(), "active", "no-such-event").expect(400);
    Unmet.unless(reply.location().isEmpty(), "no Location field", "one");
  }

  private static void type(Lab lab) {
    EventStream stream = Extensions.connect(lab, lab.open(), "active");
    Unmet.unless(stream.status() == 200, "200", stream.status());
    Unmet.unless(
        stream.contentType().startsWith("text/event-stream"),
        "text/event-stream",
        stream.contentType());
  }

  private static void filter(Lab lab) {
    EventStream stream = Extensions.connect(lab, lab.open(), "viewercount");
    List<String> others =
        stream.collect(Duration.ofSeconds(3)).stream()
            .map(EventStream.Event::name)
            .filter(name -> !name.equals("viewercount"))
            .toList();
    Unmet.unless(others.isEmpty(), "viewercount only", others);
  }

  private static void singleLine(Lab lab) {
    EventStream stream = Extensions.connect(lab, lab.open(), "active");
    EventStream.Event event = stream.expect("active", lab.soon());
    Unmet.unless(event.data().size() == 1, "one data line", event.data().size());
    Unmet.unless(HttpChecks.parse(event.text()).isPresent(), "JSON", event.text());
  }

  /** The event is made while a first stream hears it and the second one has no reader yet. */
  private static void queued(Lab lab) {
    Session session = lab.open();
    URI silent = Extensions.created(lab, session, "active");
    Extensions.connect(lab, session, "active").expect("active", lab.soon());
    Extensions.connect(lab, silent).expect("active", lab.soon());
  }

  private static void delete(Lab lab) {
    URI stream = Extensions.created(lab, lab.open(), "active");
    lab.send(Call.of("DELETE", stream)).expectSuccess();
    lab.send(Call.of("GET", stream).with("Accept", "text/event-stream")).expect(404);
  }

  private static void endWithSession(Lab lab) {
    Session session = lab.open();
    URI url = Extensions.created(lab, session, "active");
    EventStream stream = Extensions.connect(lab, url);
    lab.send(Call.of("DELETE", session.url())).expectSuccess();
    Unmet.unless(stream.awaitEnd(lab.soon()), "the end of the stream", "an open stream");
    lab.send(Call.of("GET", url).with("Accept", "text/event-stream")).expectClientError();
  }
}
