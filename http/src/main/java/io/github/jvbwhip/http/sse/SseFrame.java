package io.github.jvbwhip.http.sse;

import java.util.Optional;

/**
 * An event as it goes over the wire, all but its id: encoded once, shared by all streams that it is
 * sent to. Immutable.
 */
public final class SseFrame {
  private final Optional<String> topic;
  private final byte[] bytes;

  SseFrame(Optional<String> topic, byte[] bytes) {
    this.topic = topic;
    this.bytes = bytes;
  }

  /** It replaces earlier frames of its topic. */
  Optional<String> topic() {
    return topic;
  }

  /** The lines after the {@code id} line, the empty line at the end included. Not to be changed. */
  byte[] bytes() {
    return bytes;
  }
}
