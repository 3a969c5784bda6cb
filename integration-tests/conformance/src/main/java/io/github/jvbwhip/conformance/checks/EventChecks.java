package io.github.jvbwhip.conformance.checks;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.jvbwhip.conformance.client.EventStream;
import io.github.jvbwhip.conformance.client.Exchange;
import io.github.jvbwhip.conformance.client.Lab;
import io.github.jvbwhip.conformance.client.NotApplicable;
import io.github.jvbwhip.conformance.client.Offers;
import io.github.jvbwhip.conformance.client.Peers;
import io.github.jvbwhip.conformance.client.Protocol;
import io.github.jvbwhip.conformance.client.Sdp;
import io.github.jvbwhip.conformance.client.Session;
import io.github.jvbwhip.conformance.client.Unmet;
import io.github.jvbwhip.testpeer.TestPeer;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Server-sent events: what each one says, and when it comes. */
final class EventChecks {
  private static final Duration QUIET = Duration.ofSeconds(2);

  private EventChecks() {}

  static List<Check> all() {
    return new CheckList(Protocol.WHEP, "events")
        .must(
            "event-active",
            "WHEP events §4.1",
            "A player of a live stream is told active, with a JSON object.",
            lab ->
                Extensions.object(
                    Extensions.connect(lab, lab.open(), "active").expect("active", lab.soon())))
        .must(
            "event-active-later",
            "WHEP events §4.1",
            "A player that waits is told active when a publisher comes.",
            EventChecks::activeLater)
        .must(
            "event-inactive-first",
            "WHEP events §4.2",
            "A player that waits is not told inactive at first.",
            EventChecks::notInactiveFirst)
        .must(
            "event-inactive",
            "WHEP events §4.2",
            "A player is told inactive when the publisher goes, with a JSON object.",
            EventChecks::inactive)
        .must(
            "event-layers",
            "WHEP events §4.2 (layers)",
            "The event layers has an array for each video m-line, by its index, and each layer a"
                + " rid, spatialLayerId or temporalLayerId.",
            EventChecks::layers)
        .must(
            "event-layers-types",
            "WHEP events §4.2 (layers)",
            "In layers, rid is a string and every other known member a number.",
            EventChecks::layerTypes)
        .must(
            "event-viewercount",
            "WHEP events §4.4",
            "The event viewercount has a number viewercount.",
            EventChecks::viewerCount)
        .done();
  }

  /** A player of an endpoint where nothing is published. */
  private static Session waiting(Lab lab) {
    lab.offAir();
    Exchange reply = lab.post(Offers.basic(Protocol.WHEP));
    NotApplicable.unless(reply.status() == 201, "the server lets no player wait: " + reply);
    String offer = Offers.basic(Protocol.WHEP);
    return new Session(
        reply.location().orElseThrow(() -> new Unmet("a Location field", reply)),
        reply,
        Sdp.parse(offer),
        Sdp.parse(reply.body()));
  }

  private static void activeLater(Lab lab) {
    EventStream stream = Extensions.connect(lab, waiting(lab), "active");
    List<EventStream.Event> before = stream.collect(QUIET);
    Unmet.unless(before.isEmpty(), "nothing yet", before);
    lab.goOnAir();
    stream.expect("active", lab.soon());
  }

  private static void notInactiveFirst(Lab lab) {
    EventStream stream = Extensions.connect(lab, waiting(lab), "active", "inactive");
    List<EventStream.Event> before = stream.collect(QUIET);
    Unmet.unless(before.isEmpty(), "nothing yet", before);
  }

  private static void inactive(Lab lab) {
    lab.needsPublisher();
    EventStream stream = Extensions.connect(lab, lab.open(), "active", "inactive");
    stream.expect("active", lab.soon());
    lab.offAir();
    Extensions.object(stream.expect("inactive", lab.soon()));
  }

  /** Of a player that is connected: servers may measure layers for those only. */
  private static JsonNode layersOf(Lab lab) {
    TestPeer peer = lab.peer();
    Session session = lab.connect(peer, Peers.offer(Protocol.WHEP, peer));
    peer.awaitConnected(lab.soon());
    return Extensions.object(
        Extensions.connect(lab, session, "layers").expect("layers", lab.soon()));
  }

  private static void layers(Lab lab) {
    JsonNode byLine = layersOf(lab);
    Unmet.unless(!byLine.isEmpty(), "an m-line", byLine);
    for (Map.Entry<String, JsonNode> line : byLine.properties()) {
      Unmet.unless(line.getKey().matches("\\d+"), "an m-line's index", line.getKey());
      Unmet.unless(line.getValue().isArray(), "an array", line.getValue());
      for (JsonNode layer : line.getValue()) {
        boolean told =
            layer.has("rid") || layer.has("spatialLayerId") || layer.has("temporalLayerId");
        Unmet.unless(told, "rid, spatialLayerId or temporalLayerId", layer);
      }
    }
  }

  private static void layerTypes(Lab lab) {
    List<String> numbers =
        List.of("spatialLayerId", "temporalLayerId", "bitrate", "targetBitrate", "width", "height");
    for (JsonNode line : layersOf(lab)) {
      for (JsonNode layer : line) {
        Unmet.unless(!layer.has("rid") || layer.get("rid").isTextual(), "rid a string", layer);
        for (String name : numbers) {
          Unmet.unless(!layer.has(name) || layer.get(name).isNumber(), name + " a number", layer);
        }
      }
    }
  }

  private static void viewerCount(Lab lab) {
    EventStream stream = Extensions.connect(lab, lab.open(), "viewercount");
    JsonNode data = Extensions.object(stream.expect("viewercount", lab.soon()));
    Unmet.unless(data.path("viewercount").isNumber(), "a number viewercount", data);
  }
}
