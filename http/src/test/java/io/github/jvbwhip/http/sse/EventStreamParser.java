package io.github.jvbwhip.http.sse;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * Reads the event stream format as a browser does, line by line (WHATWG HTML §9.2.6). Not
 * thread-safe.
 */
public final class EventStreamParser {
  /**
   * A dispatched event.
   *
   * @param type {@code message} where the stream names none
   * @param dataLines how many data fields it had
   */
  public record Event(String type, String data, String lastEventId, int dataLines) {}

  private final List<Event> events = new ArrayList<>();
  private final StringBuilder data = new StringBuilder();
  private final StringBuilder line = new StringBuilder();
  private int dataLines;
  private int comments;
  private String type = "";
  private String idBuffer = "";
  private OptionalLong retry = OptionalLong.empty();
  private boolean afterCarriageReturn;
  private boolean first = true;

  /** Takes the next characters, in pieces of any size. */
  public void feed(CharSequence text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (first) {
        first = false;
        if (c == '\uFEFF') {
          continue;
        }
      }
      if (c == '\n' && afterCarriageReturn) {
        afterCarriageReturn = false;
      } else if (c == '\n' || c == '\r') {
        afterCarriageReturn = c == '\r';
        takeLine(line.toString());
        line.setLength(0);
      } else {
        afterCarriageReturn = false;
        line.append(c);
      }
    }
  }

  private void takeLine(String text) {
    if (text.isEmpty()) {
      dispatch();
      return;
    }
    int colon = text.indexOf(':');
    if (colon == 0) {
      comments++;
      return;
    }
    String field = colon < 0 ? text : text.substring(0, colon);
    String value = colon < 0 ? "" : text.substring(colon + 1);
    if (value.startsWith(" ")) {
      value = value.substring(1);
    }
    switch (field) {
      case "event" -> type = value;
      case "data" -> {
        data.append(value).append('\n');
        dataLines++;
      }
      case "id" -> {
        if (value.indexOf('\0') < 0) {
          idBuffer = value;
        }
      }
      case "retry" -> {
        if (!value.isEmpty() && value.chars().allMatch(c -> c >= '0' && c <= '9')) {
          retry = OptionalLong.of(Long.parseLong(value));
        }
      }
      default -> {
        // "The field is ignored."
      }
    }
  }

  private void dispatch() {
    if (data.length() > 0) {
      data.setLength(data.length() - 1);
      events.add(
          new Event(type.isEmpty() ? "message" : type, data.toString(), idBuffer, dataLines));
    }
    data.setLength(0);
    dataLines = 0;
    type = "";
  }

  /** What has been dispatched since the last call. */
  public List<Event> drain() {
    List<Event> result = List.copyOf(events);
    events.clear();
    return result;
  }

  /** How many comments were seen. */
  public int comments() {
    return comments;
  }

  /** The reconnection time in milliseconds, where the stream set one. */
  public OptionalLong retry() {
    return retry;
  }
}
