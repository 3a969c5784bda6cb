package io.github.jvbwhip.http.sse;

import java.util.Optional;

/**
 * One server-sent event, before it has an id.
 *
 * @param name the event type; empty for one that {@code onmessage} receives
 * @param data one line; line breaks in it become spaces, which JSON does not mind
 * @param topic what it tells the state of, if it tells a state: it then replaces an earlier event
 *     of that topic that waits to be sent or replayed, since only the newest state matters
 */
public record SseEvent(String name, String data, Optional<String> topic) {
  /** An event that the next one of its name makes obsolete. */
  public static SseEvent state(String name, String data) {
    return new SseEvent(name, data, Optional.of(name));
  }
}
