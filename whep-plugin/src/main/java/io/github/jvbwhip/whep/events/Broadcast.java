package io.github.jvbwhip.whep.events;

import io.github.jvbwhip.http.sse.SseEncoder;
import io.github.jvbwhip.http.sse.SseEvent;
import io.github.jvbwhip.http.sse.SseFrame;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One event for many streams: encoded once in each of its two forms. Not thread-safe. */
final class Broadcast {
  private final EventType type;
  private final String data;
  private @Nullable SseFrame named;
  private @Nullable SseFrame unnamed;

  Broadcast(EventType type, String data) {
    this.type = type;
    this.data = data;
  }

  EventType type() {
    return type;
  }

  /** As JSON; of {@code scte35}: as it came. */
  String data() {
    return data;
  }

  /** With an {@code event} field. */
  SseFrame named() {
    SseFrame frame = named;
    if (frame == null) {
      frame = SseEncoder.encode(new SseEvent(type.wireName(), data, topic()));
      named = frame;
    }
    return frame;
  }

  /** Without: the name is in the data. */
  SseFrame unnamed() {
    SseFrame frame = unnamed;
    if (frame == null) {
      frame = SseEncoder.encode(new SseEvent("", EventData.unnamed(type, data), topic()));
      unnamed = frame;
    }
    return frame;
  }

  private Optional<String> topic() {
    return type.isState() ? Optional.of(type.wireName()) : Optional.empty();
  }
}
