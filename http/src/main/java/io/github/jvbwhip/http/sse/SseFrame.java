package io.github.jvbwhip.http.sse;

/**
 * An event as it goes over the wire, all but its id: encoded once, shared by all streams that it is
 * sent to. Immutable.
 */
public final class SseFrame {
  private final String name;
  private final boolean state;
  private final byte[] bytes;

  SseFrame(String name, boolean state, byte[] bytes) {
    this.name = name;
    this.state = state;
    this.bytes = bytes;
  }

  /** The event's name. */
  public String name() {
    return name;
  }

  /** Whether it replaces earlier frames of its name. */
  boolean isState() {
    return state;
  }

  /** The lines after the {@code id} line, the empty line at the end included. Not to be changed. */
  byte[] bytes() {
    return bytes;
  }
}
