package io.github.jvbwhip.http.sse;

import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Writes the event stream format (WHATWG HTML §9.2.5). Pure functions. */
public final class SseEncoder {
  private static final byte[] COMMENT = utf8(":\n\n");

  private SseEncoder() {}

  /**
   * Encodes an event. Whatever stands in the name or the data, the result is exactly one event with
   * one {@code data} line: a carriage return or line feed cannot start a field of its own.
   */
  public static SseFrame encode(SseEvent event) {
    StringBuilder lines = new StringBuilder(event.name().length() + event.data().length() + 18);
    if (!event.name().isEmpty()) {
      lines.append("event: ").append(oneLine(event.name())).append('\n');
    }
    lines.append("data: ").append(oneLine(event.data())).append("\n\n");
    return new SseFrame(event.topic(), utf8(lines.toString()));
  }

  /** The line that gives an event its id, which a client repeats as {@code Last-Event-ID}. */
  static byte[] id(long id) {
    return utf8("id: " + id + "\n");
  }

  /** Tells the client how long to wait before it reconnects; it is no event. */
  static byte[] retry(Duration delay) {
    return utf8("retry: " + delay.toMillis() + "\n\n");
  }

  /** A comment: it keeps proxies from closing an idle connection, and shows that it is broken. */
  static byte[] comment() {
    return COMMENT.clone();
  }

  private static String oneLine(String text) {
    return text.replace('\r', ' ').replace('\n', ' ');
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
