package io.github.jvbwhip.whep;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.jvbwhip.http.access.Action;
import io.github.jvbwhip.http.exchange.Call;
import io.github.jvbwhip.http.exchange.JsonBodies;
import io.github.jvbwhip.http.exchange.Reply;
import io.github.jvbwhip.http.problems.ProblemException;
import io.github.jvbwhip.http.problems.ProblemType;
import io.github.jvbwhip.http.resources.Access;
import io.github.jvbwhip.http.resources.Operation;
import io.github.jvbwhip.http.resources.Resource;
import io.github.jvbwhip.http.sessions.Locations;
import io.github.jvbwhip.http.sessions.SessionFinder;
import io.github.jvbwhip.whep.events.EventType;
import io.github.jvbwhip.whep.events.SessionStreams;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * Creates event streams (WHEP events document, "Server Sent Events extension"): {@code
 * /whep/sessions/{secret}/sse}.
 */
final class EventsResource implements Resource {
  private final SessionFinder<PlayerSession> finder;
  private final Locations locations;

  EventsResource(SessionFinder<PlayerSession> finder, Locations locations) {
    this.finder = finder;
    this.locations = locations;
  }

  @Override
  public Access access() {
    return Access.bySecret(Action.WATCH);
  }

  @Override
  public List<Operation> operations() {
    return List.of(Operation.perhapsTaking("POST", "application/json"));
  }

  @Override
  public CompletableFuture<Reply> handle(Call call) throws ProblemException {
    PlayerSession player = finder.find();
    Set<EventType> types = types(call.body());
    // Players that only have onmessage do not hear named events.
    boolean named = !call.queryParameter("named").equals(Optional.of("0"));
    SessionStreams streams = player.streams();
    String id = streams.open(types, named).orElseThrow(() -> refused(streams));
    String suffix = "/" + ExtensionLinks.EVENTS_PATH + "/" + id;
    return Reply.of(201)
        .with("Location", locations.session(call, player.secret(), suffix))
        .atOnce();
  }

  private static ProblemException refused(SessionStreams streams) {
    return streams.haveEnded()
        ? new ProblemException(
            ProblemType.SESSION_ENDED, "The session has just ended. Start a new one.")
        : new ProblemException(
            ProblemType.TOO_MANY_REQUESTS,
            "The session has as many event streams as it may have; delete one.");
  }

  /** Those that were asked for; all when none was. */
  private static Set<EventType> types(byte[] body) throws ProblemException {
    if (body.length == 0) {
      return EnumSet.allOf(EventType.class);
    }
    JsonNode list = JsonBodies.read(body);
    if (!list.isArray()) {
      throw malformed("The body is a JSON array of event names.");
    }
    Set<EventType> types = EnumSet.noneOf(EventType.class);
    List<String> unsupported = new ArrayList<>();
    for (JsonNode name : list) {
      if (!name.isTextual()) {
        throw malformed("The body is a JSON array of event names.");
      }
      EventType.of(name.textValue())
          .ifPresentOrElse(types::add, () -> unsupported.add(name.textValue()));
    }
    if (!unsupported.isEmpty()) {
      throw malformed(
          "Not supported: " + String.join(", ", unsupported) + ". There are " + EventType.LIST);
    }
    return types.isEmpty() ? EnumSet.allOf(EventType.class) : types;
  }

  private static ProblemException malformed(String detail) {
    return new ProblemException(ProblemType.MALFORMED_REQUEST, detail);
  }
}
