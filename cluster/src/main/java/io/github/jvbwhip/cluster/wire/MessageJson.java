package io.github.jvbwhip.cluster.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.jvbwhip.cluster.wire.Heartbeat.Claim;
import io.github.jvbwhip.cluster.wire.Heartbeat.Claims;
import io.github.jvbwhip.cluster.wire.Heartbeat.Known;
import io.github.jvbwhip.cluster.wire.Heartbeat.Load;
import io.github.jvbwhip.core.bridge.Availability;
import io.github.jvbwhip.core.bridge.RoomName;
import io.github.jvbwhip.core.relay.RelayLink.Refusal;
import io.github.jvbwhip.core.relay.RoomSide;
import io.github.jvbwhip.http.problems.ProblemException;
import java.util.List;
import java.util.Optional;

/** Messages as JSON. Stateless; who reads gets 400 for what is none. */
final class MessageJson {
  /** Of the protocol. Members of another one do not know each other. */
  private static final int VERSION = 1;

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private MessageJson() {}

  static ObjectNode nothing() {
    return JSON.objectNode().put("version", VERSION);
  }

  static void readNothing(JsonNode node) throws ProblemException {
    opened(node).done();
  }

  private static StrictObject opened(JsonNode node) throws ProblemException {
    StrictObject object = new StrictObject(node);
    if (object.number("version", 0, Integer.MAX_VALUE) != VERSION) {
      throw StrictObject.malformed("this member speaks version " + VERSION);
    }
    return object;
  }

  static ObjectNode write(Hello hello) {
    return nothing().put("self", hello.self()).put("incarnation", hello.incarnation());
  }

  static Hello hello(JsonNode node) throws ProblemException {
    StrictObject object = opened(node);
    Hello hello = new Hello(object.text("self"), object.text("incarnation"));
    object.done();
    return hello;
  }

  static ObjectNode write(Heartbeat heartbeat) {
    ObjectNode object = nothing();
    object.put("incarnation", heartbeat.incarnation());
    object.put("leaving", heartbeat.leaving());
    object
        .putObject("load")
        .put("state", heartbeat.load().state().name())
        .put("players", heartbeat.load().players())
        .put("maxPlayers", heartbeat.load().maxPlayers());
    object
        .putObject("known")
        .put("incarnation", heartbeat.known().incarnation())
        .put("version", heartbeat.known().version());
    heartbeat
        .claims()
        .ifPresent(
            claims -> {
              ObjectNode told = object.putObject("claims").put("version", claims.version());
              ArrayNode rooms = told.putArray("rooms");
              claims
                  .rooms()
                  .forEach(
                      each ->
                          rooms
                              .addObject()
                              .put("room", each.room().value())
                              .put("streams", each.streams()));
            });
    ArrayNode links = object.putArray("links");
    heartbeat.links().forEach(links::add);
    return object;
  }

  static Heartbeat heartbeat(JsonNode node) throws ProblemException {
    StrictObject object = opened(node);
    Heartbeat heartbeat =
        new Heartbeat(
            object.text("incarnation"),
            object.flag("leaving"),
            object.part("load", MessageJson::load),
            object.part("known", MessageJson::known),
            object.has("claims")
                ? Optional.of(object.part("claims", MessageJson::claims))
                : Optional.empty(),
            object.texts("links"));
    object.done();
    return heartbeat;
  }

  private static Load load(JsonNode node) throws ProblemException {
    StrictObject object = new StrictObject(node);
    Load load =
        new Load(
            object.word("state", Availability.State.class),
            object.count("players"),
            object.count("maxPlayers"));
    object.done();
    return load;
  }

  private static Known known(JsonNode node) throws ProblemException {
    StrictObject object = new StrictObject(node);
    Known known =
        new Known(object.text("incarnation"), object.number("version", 0, Long.MAX_VALUE));
    object.done();
    return known;
  }

  private static Claims claims(JsonNode node) throws ProblemException {
    StrictObject object = new StrictObject(node);
    Claims claims =
        new Claims(
            object.number("version", 0, Long.MAX_VALUE), object.list("rooms", MessageJson::claim));
    object.done();
    return claims;
  }

  private static Claim claim(JsonNode node) throws ProblemException {
    StrictObject object = new StrictObject(node);
    Claim claim = new Claim(room(object), object.flag("streams"));
    object.done();
    return claim;
  }

  private static RoomName room(StrictObject object) throws ProblemException {
    return RoomName.of(object.text("room"))
        .orElseThrow(() -> StrictObject.malformed("room is no name of one"));
  }

  static ObjectNode write(LinkRequest request) {
    ObjectNode object = nothing();
    object.put("room", request.room().value());
    object.put("link", request.link());
    object.put("incarnation", request.incarnation());
    object.put("leaf", request.leaf());
    object.set("transport", TransportJson.write(request.transport()));
    return object;
  }

  static LinkRequest linkRequest(JsonNode node) throws ProblemException {
    StrictObject object = opened(node);
    LinkRequest request =
        new LinkRequest(
            room(object),
            object.text("link"),
            object.text("incarnation"),
            object.part("transport", TransportJson::read),
            object.flag("leaf"));
    object.done();
    return request;
  }

  static ObjectNode write(LinkAnswer answer) {
    ObjectNode object = nothing();
    if (answer instanceof LinkAnswer.Linked linked) {
      object.put("incarnation", linked.incarnation());
      object.set("transport", TransportJson.write(linked.transport()));
      object.set("side", write(linked.side()));
    } else if (answer instanceof LinkAnswer.Elsewhere elsewhere) {
      object.put("elsewhere", elsewhere.member()).put("full", elsewhere.full());
    } else if (answer instanceof LinkAnswer.Refused refused) {
      object.put("refused", refused.why());
    }
    return object;
  }

  static LinkAnswer linkAnswer(JsonNode node) throws ProblemException {
    StrictObject object = opened(node);
    LinkAnswer answer =
        object.has("elsewhere")
            ? new LinkAnswer.Elsewhere(object.text("elsewhere"), object.flag("full"))
            : object.has("refused")
                ? new LinkAnswer.Refused(object.text("refused"))
                : new LinkAnswer.Linked(
                    object.part("transport", TransportJson::read),
                    object.part("side", MessageJson::side),
                    object.text("incarnation"));
    object.done();
    return answer;
  }

  private static ObjectNode write(Side side) {
    ObjectNode object = JSON.objectNode();
    object.put("version", side.version());
    object.put("viewers", side.room().viewers());
    ArrayNode streams = object.putArray("streams");
    side.room().streams().forEach(stream -> streams.add(StreamJson.write(stream)));
    ArrayNode path = object.putArray("path");
    side.path().forEach(path::add);
    object.put("bridges", side.bridges());
    return object;
  }

  private static Side side(JsonNode node) throws ProblemException {
    StrictObject object = new StrictObject(node);
    Side side =
        new Side(
            object.number("version", 0, Long.MAX_VALUE),
            new RoomSide(object.count("viewers"), object.list("streams", StreamJson::read)),
            object.texts("path"),
            object.count("bridges"));
    object.done();
    return side;
  }

  static ObjectNode write(SideMessage message) {
    ObjectNode object = nothing();
    object.put("link", message.link());
    object.set("side", write(message.side()));
    putRefusals(object, message.refused());
    return object;
  }

  static SideMessage sideMessage(JsonNode node) throws ProblemException {
    StrictObject object = opened(node);
    SideMessage message =
        new SideMessage(
            object.text("link"),
            object.part("side", MessageJson::side),
            object.list("refused", MessageJson::refusal));
    object.done();
    return message;
  }

  static ObjectNode write(SideMessage.Taken taken) {
    return nothing().put("known", taken.known());
  }

  static SideMessage.Taken taken(JsonNode node) throws ProblemException {
    StrictObject object = opened(node);
    SideMessage.Taken taken = new SideMessage.Taken(object.flag("known"));
    object.done();
    return taken;
  }

  private static void putRefusals(ObjectNode object, List<Refusal> refusals) {
    ArrayNode array = object.putArray("refused");
    refusals.forEach(
        each -> array.addObject().put("endpoint", each.endpointId()).put("why", each.why().name()));
  }

  private static Refusal refusal(JsonNode node) throws ProblemException {
    StrictObject object = new StrictObject(node);
    Refusal refusal = new Refusal(object.text("endpoint"), object.word("why", Refusal.Why.class));
    object.done();
    return refusal;
  }

  static ObjectNode write(Unlink message) {
    return nothing().put("link", message.link()).put("why", message.why());
  }

  static Unlink unlink(JsonNode node) throws ProblemException {
    StrictObject object = opened(node);
    Unlink message = new Unlink(object.text("link"), object.text("why"));
    object.done();
    return message;
  }
}
