package io.github.jvbwhip.whep.events;

import io.github.jvbwhip.core.bridge.RoomEvent;
import io.github.jvbwhip.core.bridge.StreamName;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Turns one room's events into those of its players. Confined to its event loop. */
final class RoomFeed {
  private final EventLoop loop;
  private final EventSettings settings;
  private final Map<Optional<StreamName>, Audience> audiences = new HashMap<>();
  private final Throttle viewers;
  private RoomState state = RoomState.EMPTY;
  private int toldViewers;

  RoomFeed(EventLoop loop, EventSettings settings) {
    this.loop = loop;
    this.settings = settings;
    this.viewers = new Throttle(loop, settings.viewerCountInterval(), this::tellViewers);
  }

  void add(Subscription subscription) {
    Optional<StreamName> pinned = subscription.player().pinned();
    audiences
        .computeIfAbsent(pinned, p -> new Audience(loop, settings, state.seenBy(p)))
        .add(subscription);
    if (state.stage().isPresent()) {
      subscription.tell(speaker());
    }
    subscription.tell(viewerCount());
  }

  void remove(Subscription subscription) {
    Optional<StreamName> pinned = subscription.player().pinned();
    Audience audience = audiences.get(pinned);
    if (audience != null) {
      audience.subscriptions().remove(subscription);
      if (audience.subscriptions().isEmpty()) {
        audiences.remove(pinned);
      }
    }
  }

  /** Something happened in the room. */
  void after(RoomEvent event) {
    RoomState before = state;
    state = before.after(event);
    audiences.forEach((pinned, audience) -> audience.update(state.seenBy(pinned)));
    if (!state.stage().equals(before.stage())) {
      tell(speaker());
    }
    if (state.viewers() != before.viewers()) {
      viewers.request();
    }
    if (event instanceof RoomEvent.ReconnectAsked asked) {
      tell(new Broadcast(EventType.RECONNECT, EventData.reconnect(asked.url())));
    }
  }

  /** Tells all of the room. */
  void tell(Broadcast event) {
    audiences.values().forEach(audience -> audience.tell(event));
  }

  /** Tells those who see that stream now, pinned or on the stage. */
  void tell(StreamName stream, Broadcast event) {
    audiences.forEach(
        (pinned, audience) -> {
          if (pinned.or(() -> state.stage()).equals(Optional.of(stream))) {
            audience.tell(event);
          }
        });
  }

  private void tellViewers() {
    if (toldViewers != state.viewers()) {
      toldViewers = state.viewers();
      tell(viewerCount());
    }
  }

  private Broadcast viewerCount() {
    return new Broadcast(EventType.VIEWERCOUNT, EventData.viewerCount(state.viewers()));
  }

  private Broadcast speaker() {
    return new Broadcast(EventType.SPEAKER, EventData.speaker(state.stage()));
  }
}
