package io.github.jvbwhip.whep.events;

import io.github.jvbwhip.core.bridge.Availability;
import io.github.jvbwhip.core.bridge.Bridge;
import io.github.jvbwhip.core.bridge.ReconnectRequest;
import io.github.jvbwhip.core.bridge.Registration;
import io.github.jvbwhip.core.bridge.RoomName;
import io.github.jvbwhip.core.bridge.StreamName;
import io.github.jvbwhip.http.sse.SseHub;
import io.github.jvbwhip.http.sse.SseStream;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The events of all players. Thread-safe: calls only enqueue to the event loop, to which everything
 * else is confined. A room is observed while it has an event stream.
 */
public final class EventDistributor {
  private record Watched(RoomFeed feed, List<Registration> registrations) {
    void close() {
      registrations.forEach(Registration::close);
    }
  }

  private final Bridge bridge;
  private final EventLoop loop;
  private final SseHub hub;
  private final EventSettings settings;

  // Confined to the loop.
  private final Map<RoomName, Watched> rooms = new HashMap<>();
  private final Map<SseStream, EventSubscription> subscriptions = new HashMap<>();
  private final Set<EventSubscription> statsWanted = new HashSet<>();

  public EventDistributor(Bridge bridge, EventLoop loop, SseHub hub, EventSettings settings) {
    this.bridge = bridge;
    this.loop = loop;
    this.hub = hub;
    this.settings = settings;
  }

  /**
   * A new event stream; it first tells what is.
   *
   * @param types what it is to tell
   * @param named false for players that only have {@code onmessage}: the name goes into the data
   */
  SseStream open(EventRecipient player, Set<EventType> types, boolean named) {
    SseStream stream = hub.open();
    EventSubscription subscription = new EventSubscription(player, types, named, stream);
    loop.execute(() -> add(stream, subscription));
    return stream;
  }

  private void add(SseStream stream, EventSubscription subscription) {
    subscriptions.put(stream, subscription);
    rooms
        .computeIfAbsent(subscription.player().room(), this::watch)
        .feed()
        .add(subscription, () -> startStats(subscription));
  }

  private void startStats(EventSubscription subscription) {
    if (subscription.wants(EventType.STATS)) {
      subscription.tellStats();
      if (statsWanted.isEmpty()) {
        loop.schedule(this::tellStats, settings.statsInterval());
      }
      statsWanted.add(subscription);
    }
  }

  private Watched watch(RoomName room) {
    RoomFeed feed = new RoomFeed(loop, settings);
    return new Watched(
        feed,
        List.of(
            bridge.observe(room, snapshot -> loop.execute(() -> feed.update(snapshot))),
            bridge.observeReconnects(
                room, request -> loop.execute(() -> reconnect(feed, request)))));
  }

  private void reconnect(RoomFeed feed, ReconnectRequest request) {
    if (request.url().isPresent()) {
      feed.tell(reconnect(request.url()));
    } else {
      boolean leaves = bridge.availability().state() == Availability.State.DRAINING;
      feed.forEach(subscription -> reconnect(subscription, request.server(), leaves));
    }
  }

  private static Broadcast reconnect(Optional<String> url) {
    return new Broadcast(EventType.RECONNECT, EventData.reconnect(url));
  }

  /**
   * Asks a player to watch the same elsewhere, or here again. Its query, which may have a token, is
   * left out: who plays knows it.
   *
   * @param leaves whether it cannot stay here
   */
  private void reconnect(EventSubscription subscription, Optional<String> server, boolean leaves) {
    if (subscription.wants(EventType.RECONNECT)) {
      EventRecipient player = subscription.player();
      String path = "/" + player.room() + player.pinned().map(stream -> "/" + stream).orElse("");
      Optional<String> there = leaves ? server.or(() -> bridge.refuge(player.room())) : server;
      subscription.tell(reconnect(there.map(base -> base + path)));
    }
  }

  private void tellStats() {
    if (!statsWanted.isEmpty()) {
      loop.schedule(this::tellStats, settings.statsInterval());
      statsWanted.forEach(EventSubscription::tellStats);
    }
  }

  /** Ends a stream, with what is queued when {@code discard}; the rest is sent otherwise. */
  void close(SseStream stream, boolean discard) {
    if (discard) {
      stream.discard();
    }
    loop.execute(
        () -> {
          remove(stream);
          stream.close();
        });
  }

  /** Asks the player to start anew, here or elsewhere, and ends its stream. */
  void closeWithReconnect(SseStream stream, boolean elsewhere) {
    loop.execute(
        () -> {
          EventSubscription subscription = subscriptions.get(stream);
          if (subscription != null) {
            reconnect(subscription, Optional.empty(), elsewhere);
          }
        });
    close(stream, false);
  }

  private void remove(SseStream stream) {
    EventSubscription subscription = subscriptions.remove(stream);
    if (subscription == null) {
      return;
    }
    statsWanted.remove(subscription);
    RoomName room = subscription.player().room();
    Watched watched = rooms.get(room);
    if (watched == null) {
      return;
    }
    watched.feed().remove(subscription);
    if (watched.feed().isEmpty()) {
      rooms.remove(room);
      watched.close();
    }
  }

  /**
   * Passes an SCTE 35 message on.
   *
   * @param stream to those who see it now; empty for all of the room
   * @param message as it came
   */
  public void scte35(RoomName room, Optional<StreamName> stream, String message) {
    Broadcast event = new Broadcast(EventType.SCTE35, message);
    loop.execute(
        () -> {
          Watched watched = rooms.get(room);
          if (watched != null) {
            stream.ifPresentOrElse(
                name -> watched.feed().tell(name, event), () -> watched.feed().tell(event));
          }
        });
  }
}
