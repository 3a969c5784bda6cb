package io.github.jvbwhip.whep.events;

import io.github.jvbwhip.http.sse.SseStream;
import java.util.Set;

/** One event stream of one player. What changes is confined to the event loop. */
final class EventSubscription {
  private final EventRecipient player;
  private final Set<EventType> types;
  private final boolean named;
  private final SseStream stream;
  private String toldUnsupported = EventData.nothing();

  /**
   * @param named false when the event's name goes into the data
   */
  EventSubscription(EventRecipient player, Set<EventType> types, boolean named, SseStream stream) {
    this.player = player;
    this.types = Set.copyOf(types);
    this.named = named;
    this.stream = stream;
  }

  EventRecipient player() {
    return player;
  }

  boolean wants(EventType type) {
    return types.contains(type);
  }

  void tell(Broadcast event) {
    if (wants(event.type())) {
      stream.send(named ? event.named() : event.unnamed());
    }
  }

  /** Tells what is seen, in the player's words. */
  void tell(SeenBroadcast event) {
    if (wants(event.type())) {
      event.of(player).filter(this::isNews).ifPresent(this::tell);
    }
  }

  /** Other codecs may well leave what cannot be taken as it was. */
  private boolean isNews(Broadcast event) {
    if (event.type() != EventType.UNSUPPORTED) {
      return true;
    }
    boolean news = !event.data().equals(toldUnsupported);
    toldUnsupported = event.data();
    return news;
  }

  void tellStats() {
    player.stats().ifPresent(stats -> tell(new Broadcast(EventType.STATS, EventData.stats(stats))));
  }
}
