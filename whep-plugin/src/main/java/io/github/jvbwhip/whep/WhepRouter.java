package io.github.jvbwhip.whep;

import io.github.jvbwhip.core.bridge.Bridge;
import io.github.jvbwhip.core.bridge.RoomName;
import io.github.jvbwhip.core.bridge.StreamName;
import io.github.jvbwhip.core.session.SessionRegistry;
import io.github.jvbwhip.http.access.Action;
import io.github.jvbwhip.http.resources.Resource;
import io.github.jvbwhip.http.resources.Router;
import io.github.jvbwhip.http.sessions.Locations;
import io.github.jvbwhip.http.sessions.PatchHandler;
import io.github.jvbwhip.http.sessions.SessionFinder;
import io.github.jvbwhip.http.sessions.SessionResource;
import io.github.jvbwhip.whep.events.EventDistributor;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The URL space of WHEP, below {@code /whep}. */
final class WhepRouter implements Router {
  private static final String SCTE35 = ":scte35";

  private final Bridge bridge;
  private final WhepConfig config;
  private final SessionRegistry<PlayerSession> sessions;
  private final PlayerOpening opening;
  private final EventDistributor events;
  private final Map<String, PatchHandler<PlayerSession>> patches;
  private final Locations locations;

  WhepRouter(
      Bridge bridge,
      WhepConfig config,
      SessionRegistry<PlayerSession> sessions,
      PlayerOpening opening,
      EventDistributor events,
      Map<String, PatchHandler<PlayerSession>> patches) {
    this.bridge = bridge;
    this.config = config;
    this.sessions = sessions;
    this.opening = opening;
    this.events = events;
    this.patches = Map.copyOf(patches);
    this.locations = new Locations(config.http());
  }

  @Override
  public Optional<Resource> route(List<String> segments) {
    if (segments.isEmpty()) {
      return Optional.empty();
    }
    if (segments.get(0).equals(Locations.SESSIONS)) {
      return ofSession(segments);
    }
    String last = segments.get(segments.size() - 1);
    return last.endsWith(SCTE35) ? scte35(segments) : endpoint(segments);
  }

  private Optional<Resource> ofSession(List<String> segments) {
    if (segments.size() == 2) {
      return Optional.of(
          new SessionResource<>(
              Action.WATCH, new SessionFinder<>(segments.get(1), sessions), patches));
    }
    if (segments.size() < 3 || !config.events().enabled()) {
      return Optional.empty();
    }
    SessionFinder<PlayerSession> finder = new SessionFinder<>(segments.get(1), sessions);
    boolean isEvents = segments.get(2).equals(ExtensionLinks.EVENTS_PATH);
    if (isEvents && segments.size() == 3) {
      return Optional.of(new EventsResource(finder, locations));
    } else if (isEvents && segments.size() == 4) {
      return Optional.of(new EventStreamResource(finder, segments.get(3)));
    } else if (segments.get(2).equals(ExtensionLinks.LAYER_PATH) && segments.size() == 3) {
      return Optional.of(new LayerResource(finder));
    }
    return Optional.empty();
  }

  private Optional<Resource> scte35(List<String> segments) {
    if (config.scte35Tokens().isEmpty()) {
      return Optional.empty();
    }
    String last = segments.get(segments.size() - 1);
    String name = last.substring(0, last.length() - SCTE35.length());
    if (segments.size() == 1) {
      return room(name)
          .map(room -> new Scte35Resource(room, Optional.empty(), events, Action.SEND_SCTE35));
    } else if (segments.size() == 2) {
      Optional<StreamName> stream = StreamName.of(name);
      return room(segments.get(0))
          .filter(room -> stream.isPresent())
          .map(room -> new Scte35Resource(room, stream, events, Action.SEND_SCTE35));
    }
    return Optional.empty();
  }

  private Optional<Resource> endpoint(List<String> segments) {
    Optional<RoomName> room = room(segments.get(0));
    if (segments.size() == 1) {
      return room.map(r -> new WhepEndpoint(r, Optional.empty(), segments, opening));
    } else if (segments.size() == 2) {
      Optional<StreamName> stream = StreamName.of(segments.get(1));
      return room.filter(r -> stream.isPresent())
          .map(r -> new WhepEndpoint(r, stream, segments, opening));
    }
    return Optional.empty();
  }

  private Optional<RoomName> room(String segment) {
    return RoomName.of(segment).map(bridge::canonical);
  }
}
