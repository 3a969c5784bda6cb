package io.github.jvbwhip.operator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.jvbwhip.core.bridge.Availability;
import io.github.jvbwhip.core.bridge.Bridge;
import io.github.jvbwhip.core.bridge.RoomName;
import io.github.jvbwhip.core.bridge.RoomSnapshot;
import io.github.jvbwhip.core.bridge.StreamSnapshot;
import io.github.jvbwhip.core.text.Words;
import io.github.jvbwhip.http.exchange.Call;
import io.github.jvbwhip.http.exchange.Reply;
import io.github.jvbwhip.http.problems.ProblemException;
import io.github.jvbwhip.http.problems.ProblemType;
import io.github.jvbwhip.http.resources.Operation;
import io.github.jvbwhip.http.runtime.OpenedSession;
import io.github.jvbwhip.http.runtime.PostListener.Protocol;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/** What the API tells of rooms and sessions, and does to them. Thread-safe. */
final class SessionsApi {
  private static final String TYPE = "application/json";
  private static final int MOST_ENDS = 1000;
  private static final Duration LONGEST_CLOSURE = Duration.ofDays(7);

  private final Bridge bridge;
  private final Ledger ledger;
  private final ClosedRooms closed;
  private final boolean endpoints;
  private final boolean cluster;
  private final Clock clock;
  private final Instant since;

  /**
   * @param endpoints whether there are named endpoints
   * @param cluster whether the bridge is in one
   */
  SessionsApi(
      Bridge bridge,
      Ledger ledger,
      ClosedRooms closed,
      boolean endpoints,
      boolean cluster,
      Clock clock) {
    this.bridge = bridge;
    this.ledger = ledger;
    this.closed = closed;
    this.endpoints = endpoints;
    this.cluster = cluster;
    this.clock = clock;
    this.since = clock.instant();
  }

  void addTo(OperatorRouter router) {
    router
        .on("", Operation.of("GET"), (call, names) -> json(server()))
        .on("rooms", Operation.of("GET"), (call, names) -> json(rooms()))
        .on("rooms/{room}", Operation.of("GET"), (call, names) -> json(room(names.get(0))))
        .on("rooms/{room}", Operation.of("DELETE"), this::closeRoom)
        .on("sessions", Operation.of("GET"), (call, names) -> json(sessions()))
        .on("sessions/{session}", Operation.of("GET"), this::session)
        .on("sessions/{session}", Operation.of("DELETE"), this::endSession)
        .on("ends", Operation.of("GET"), this::ends);
  }

  static CompletableFuture<Reply> json(JsonNode body) {
    return json(200, body);
  }

  static CompletableFuture<Reply> json(int status, JsonNode body) {
    // What it tells is of this moment, and of nobody else's business.
    return Reply.of(status)
        .with("Cache-Control", "no-store")
        .withBody(TYPE, body.toString())
        .atOnce();
  }

  private ObjectNode server() {
    ObjectNode object = SessionJson.JSON.createObjectNode();
    object.put("bridge", bridge.name());
    object.put("since", since.toString());
    object.put("time", clock.instant().toString());
    Availability availability = bridge.availability();
    object.put("state", Words.of(availability.state()));
    object.put("detail", availability.detail());
    List<OpenedSession> live = ledger.live();
    object.put("publishers", count(live, Protocol.WHIP));
    object.put("players", count(live, Protocol.WHEP));
    object.put("endpoints", endpoints);
    object.put("cluster", cluster);
    ObjectNode shut = object.putObject("closed");
    closed.all().forEach((room, end) -> shut.put(room.value(), end.toString()));
    return object;
  }

  private static long count(List<OpenedSession> sessions, Protocol protocol) {
    return sessions.stream().filter(each -> each.protocol() == protocol).count();
  }

  private ArrayNode rooms() {
    Map<RoomName, List<OpenedSession>> sessions =
        ledger.live().stream().collect(Collectors.groupingBy(each -> each.session().room()));
    Map<RoomName, RoomSnapshot> all = new TreeMap<>(Comparator.comparing(RoomName::value));
    bridge.rooms().forEach(room -> all.put(room.name(), room));
    sessions.keySet().forEach(name -> all.computeIfAbsent(name, RoomSnapshot::empty));
    ArrayNode array = SessionJson.JSON.createArrayNode();
    all.values()
        .forEach(room -> array.add(room(room, sessions.getOrDefault(room.name(), List.of()))));
    return array;
  }

  private ObjectNode room(String name) throws ProblemException {
    RoomName room = named(name);
    Optional<RoomSnapshot> snapshot = bridge.room(room);
    List<OpenedSession> sessions =
        ledger.live().stream().filter(each -> each.session().room().equals(room)).toList();
    boolean any = snapshot.isPresent() || closed.until(room).isPresent() || !sessions.isEmpty();
    if (!any) {
      throw new ProblemException(ProblemType.NOT_FOUND, "Nothing is in that room.");
    }
    return room(snapshot.orElseGet(() -> RoomSnapshot.empty(room)), sessions);
  }

  private ObjectNode room(RoomSnapshot room, List<OpenedSession> sessions) {
    ObjectNode object = SessionJson.JSON.createObjectNode();
    object.put("name", room.name().value());
    object.put("viewers", room.viewers());
    room.stage().ifPresent(stage -> object.put("stage", stage.value()));
    closed.until(room.name()).ifPresent(end -> object.put("closedUntil", end.toString()));
    ArrayNode publishers = object.putArray("publishers");
    ArrayNode players = object.putArray("players");
    for (OpenedSession each : sessions) {
      (each.protocol() == Protocol.WHIP ? publishers : players)
          .add(SessionJson.live(each, stream(each, room)));
    }
    return object;
  }

  private static Optional<StreamSnapshot> stream(OpenedSession opened, RoomSnapshot room) {
    return opened.protocol() == Protocol.WHIP
        ? opened.session().stream().flatMap(room::stream)
        : Optional.empty();
  }

  private ArrayNode sessions() {
    ArrayNode array = SessionJson.JSON.createArrayNode();
    ledger.live().forEach(each -> array.add(live(each)));
    return array;
  }

  private ObjectNode live(OpenedSession opened) {
    RoomName room = opened.session().room();
    return SessionJson.live(
        opened, stream(opened, bridge.room(room).orElseGet(() -> RoomSnapshot.empty(room))));
  }

  private CompletableFuture<Reply> session(Call call, List<String> names) throws ProblemException {
    return json(live(require(names.get(0))));
  }

  private CompletableFuture<Reply> endSession(Call call, List<String> names)
      throws ProblemException {
    return Ledger.end(require(names.get(0)), "by " + call.principal().name())
        .thenApply(freed -> Reply.of(204));
  }

  private OpenedSession require(String id) throws ProblemException {
    return ledger
        .find(id)
        .orElseThrow(
            () -> new ProblemException(ProblemType.NOT_FOUND, "There is no session of that id."));
  }

  private CompletableFuture<Reply> closeRoom(Call call, List<String> names)
      throws ProblemException {
    RoomName room = named(names.get(0));
    int seconds = number(call, "seconds", 0, (int) LONGEST_CLOSURE.toSeconds());
    closed.close(room, Duration.ofSeconds(seconds));
    return ledger
        .endRoom(room, "its room was closed by " + call.principal().name())
        .thenApply(
            ended ->
                Reply.of(200)
                    .withBody(
                        TYPE, SessionJson.JSON.createObjectNode().put("ended", ended).toString()));
  }

  private CompletableFuture<Reply> ends(Call call, List<String> names) throws ProblemException {
    ArrayNode array = SessionJson.JSON.createArrayNode();
    ledger.ends(number(call, "limit", MOST_ENDS, MOST_ENDS)).forEach(array::add);
    return json(array);
  }

  private RoomName named(String name) throws ProblemException {
    return RoomName.of(name)
        .map(bridge::canonical)
        .orElseThrow(
            () -> new ProblemException(ProblemType.NOT_FOUND, "No room can have that name."));
  }

  private static int number(Call call, String parameter, int otherwise, int most)
      throws ProblemException {
    Optional<String> text = call.queryParameter(parameter);
    if (text.isEmpty()) {
      return otherwise;
    }
    try {
      int value = Integer.parseInt(text.get());
      if (value >= 0 && value <= most) {
        return value;
      }
    } catch (NumberFormatException e) {
      // As said below.
    }
    throw new ProblemException(
        ProblemType.MALFORMED_REQUEST, parameter + " is a number from 0 to " + most + ".");
  }
}
