package io.github.jvbwhip.conformance.checks;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.jvbwhip.conformance.client.Call;
import io.github.jvbwhip.conformance.client.EventStream;
import io.github.jvbwhip.conformance.client.Exchange;
import io.github.jvbwhip.conformance.client.Lab;
import io.github.jvbwhip.conformance.client.Link;
import io.github.jvbwhip.conformance.client.NotApplicable;
import io.github.jvbwhip.conformance.client.Peers;
import io.github.jvbwhip.conformance.client.Protocol;
import io.github.jvbwhip.conformance.client.Session;
import io.github.jvbwhip.conformance.client.Studio;
import io.github.jvbwhip.conformance.client.Unmet;
import io.github.jvbwhip.testpeer.StreamReport;
import io.github.jvbwhip.testpeer.TestPeer;
import io.github.jvbwhip.testpeer.VideoSettings;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Layer selection. */
final class LayerChecks {

  /** Encodings of 320x180, 640x360 and 1280x720, a keyframe a second. */
  private static final VideoSettings SIMULCAST = new VideoSettings(1280, 720, 30, 1_500_000, 30);

  private LayerChecks() {}

  static List<Check> all() {
    String section = "WHEP events §5";
    return new CheckList(Protocol.WHEP, "layer selection")
        .must(
            "layer-link",
            section,
            "A server with layer selection announces server-sent events with layers as well.",
            LayerChecks::link)
        .must(
            "layer-automatic",
            section,
            "An object without wishes, back to the server's choice, is answered with 200.",
            lab -> select(lab, lab.open(), "{}").expect(200))
        .must(
            "layer-media-id",
            section,
            "The m-line can be named by its index.",
            LayerChecks::mediaId)
        .must(
            "layer-impossible",
            section,
            "A layer that does not exist is refused.",
            lab -> {
              Exchange reply = select(lab, lab.open(), "{\"rid\":\"no-such-rid\"}");
              Unmet.unless(reply.status() >= 400, "an HTTP error", reply);
            })
        .must(
            "layer-malformed",
            section,
            "A body that is no JSON object is refused with 4xx.",
            lab -> select(lab, lab.open(), "[1").expectClientError())
        .must(
            "layer-delivered",
            section,
            "Each simulcast encoding that is chosen by its rid is answered with 200, and"
                + " delivered.",
            LayerChecks::delivered)
        .done();
  }

  private static Exchange select(Lab lab, Session session, String body) {
    Link link = Extensions.link(session, Extensions.LAYER);
    return lab.send(
        Call.of("POST", link.uri()).with("Content-Type", "application/json").body(body));
  }

  private static void link(Lab lab) {
    Session session = lab.open();
    Extensions.link(session, Extensions.LAYER);
    Link events =
        Extensions.find(session, Extensions.EVENTS)
            .orElseThrow(() -> new Unmet("a link to server-sent events", "none"));
    List<String> names = Extensions.events(events);
    Unmet.unless(names.contains("layers"), "layers among the events", names);
  }

  private static void mediaId(Lab lab) {
    Session session = lab.open();
    int video = 0;
    while (!session.answer().sections().get(video).kind().equals("video")) {
      video++;
    }
    select(lab, session, "{\"mediaId\":\"" + video + "\"}").expect(200);
  }

  private static TestPeer simulcastPublisher(Lab lab) {
    TestPeer publisher =
        NotApplicable.unlessMet(
            () -> lab.publisher("l", "m", "h"),
            "a publisher of simulcast is not answered with 201");
    boolean accepted =
        publisher.remoteDescription().media().stream()
            .anyMatch(section -> !section.values("simulcast").isEmpty());
    NotApplicable.unless(accepted, "the server does not take simulcast");
    return publisher;
  }

  private static void delivered(Lab lab) {
    TestPeer publisher = simulcastPublisher(lab);
    Studio.send(publisher, SIMULCAST, lab.soon());
    TestPeer player = lab.peer();
    Session session = lab.connect(player, Peers.offer(Protocol.WHEP, player));
    Extensions.link(session, Extensions.LAYER);
    player.awaitConnected(lab.soon());
    player.awaitKeyframes(1, lab.soon());
    EventStream events = Extensions.connect(lab, session, "layers");
    for (String rid : List.of("l", "h", "m")) {
      int width = width(lab, events, rid);
      select(lab, session, "{\"rid\":\"" + rid + "\"}").expect(200);
      int before = player.received().keyframes();
      player.await(
          "a keyframe " + width + " pixels wide after rid " + rid + " was chosen",
          lab.soon(),
          () -> player.received().keyframes() > before && widths(player).contains(width));
    }
  }

  /** The width of the encoding with that rid, as the publisher sends it. */
  private static int width(Lab lab, EventStream events, String rid) {
    Set<String> told = new TreeSet<>();
    boolean known =
        events.await(event -> tells(Extensions.object(event), rid, told), lab.soon()).isPresent();
    Unmet.unless(known, "an event layers with rid " + rid, told);
    return switch (rid) {
      case "l" -> SIMULCAST.width() / 4;
      case "m" -> SIMULCAST.width() / 2;
      default -> SIMULCAST.width();
    };
  }

  private static boolean tells(JsonNode layers, String rid, Set<String> told) {
    told.addAll(rids(layers));
    return told.contains(rid);
  }

  private static Set<String> rids(JsonNode layers) {
    Set<String> rids = new TreeSet<>();
    layers.forEach(line -> line.forEach(layer -> rids.add(layer.path("rid").asText())));
    return rids;
  }

  private static Set<Integer> widths(TestPeer player) {
    Set<Integer> widths = new TreeSet<>();
    for (StreamReport stream : player.received().video()) {
      stream.sizes().forEach(size -> widths.add(Integer.parseInt(size.split("x")[0])));
    }
    return widths;
  }
}
