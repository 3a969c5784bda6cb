package io.github.jvbwhip.http.sse;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.function.BooleanSupplier;

/** One GET of an event stream, read on the caller's thread. */
public final class EventStreamClient implements AutoCloseable {
  private final HttpResponse<InputStream> response;
  private final Reader reader;
  private final EventStreamParser parser = new EventStreamParser();
  private final Queue<EventStreamParser.Event> unread = new ArrayDeque<>();
  private final char[] buffer = new char[8192];

  private EventStreamClient(HttpResponse<InputStream> response) {
    this.response = response;
    this.reader = new InputStreamReader(response.body(), StandardCharsets.UTF_8);
  }

  /** Opens the stream; {@code headers} are name, value, name, value. */
  public static EventStreamClient open(HttpClient client, URI uri, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri).header("Accept", "text/event-stream").GET();
    if (headers.length > 0) {
      request.headers(headers);
    }
    return new EventStreamClient(
        client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream()));
  }

  public int status() {
    return response.statusCode();
  }

  public HttpHeaders headers() {
    return response.headers();
  }

  public EventStreamParser parser() {
    return parser;
  }

  /** The next event; waits for it. */
  public EventStreamParser.Event next() {
    readUntil(() -> !unread.isEmpty());
    return unread.remove();
  }

  /** The next event of that type; others before it are passed over. */
  public EventStreamParser.Event next(String type) {
    EventStreamParser.Event event = next();
    while (!event.type().equals(type)) {
      event = next();
    }
    return event;
  }

  /** Reads until that holds. */
  public void readUntil(BooleanSupplier condition) {
    while (!condition.getAsBoolean()) {
      if (!read()) {
        throw new AssertionError("the stream ended");
      }
    }
  }

  /** Reads to the end; what came is returned. */
  public List<EventStreamParser.Event> readToEnd() {
    boolean more = true;
    while (more) {
      more = read();
    }
    List<EventStreamParser.Event> rest = new ArrayList<>(unread);
    unread.clear();
    return rest;
  }

  private boolean read() {
    try {
      int length = reader.read(buffer);
      if (length < 0) {
        return false;
      }
      parser.feed(new String(buffer, 0, length));
      unread.addAll(parser.drain());
      return true;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try {
      reader.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
