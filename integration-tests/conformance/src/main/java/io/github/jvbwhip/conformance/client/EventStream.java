package io.github.jvbwhip.conformance.client;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A connected server-sent event stream (WHATWG HTML §9.2). For one thread. */
public final class EventStream implements AutoCloseable {
  /**
   * An event.
   *
   * @param name {@code message} where none is said
   * @param data its lines
   */
  public record Event(String name, List<String> data) {
    private static final Event END = new Event("", List.of());

    /** The data as one text. */
    public String text() {
      return String.join("\n", data);
    }
  }

  private final HttpResponse<InputStream> response;
  private final BlockingQueue<Event> queue = new LinkedBlockingQueue<>();
  private final List<Event> taken = new ArrayList<>();
  private boolean ended;

  private EventStream(HttpResponse<InputStream> response) {
    this.response = response;
    Thread reader = new Thread(this::read, "event-stream");
    reader.setDaemon(true);
    reader.start();
  }

  /** Connects; the response may be anything. */
  public static EventStream connect(HttpCaller http, URI url) {
    return new EventStream(http.stream(url));
  }

  /** The status of the response. */
  public int status() {
    return response.statusCode();
  }

  /** The content type of the response, or an empty text. */
  public String contentType() {
    return response.headers().firstValue("Content-Type").orElse("");
  }

  private void read() {
    try (BufferedReader in =
        new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
      String name = "message";
      List<String> data = new ArrayList<>();
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        if (line.isEmpty()) {
          if (!data.isEmpty()) {
            queue.add(new Event(name, List.copyOf(data)));
          }
          name = "message";
          data.clear();
        } else if (line.startsWith("event:")) {
          name = line.substring("event:".length()).trim();
        } else if (line.startsWith("data:")) {
          data.add(line.substring("data:".length()).replaceFirst("^ ", ""));
        }
      }
    } catch (IOException e) {
      // A cut connection ends the stream as well.
    } finally {
      queue.add(Event.END);
    }
  }

  /** Waits for the first event that fits, among those that came before too. */
  public Optional<Event> await(Predicate<Event> wanted, Duration timeout) {
    Optional<Event> known = taken.stream().filter(wanted).findFirst();
    long deadline = System.nanoTime() + timeout.toNanos();
    while (known.isEmpty()) {
      Event event = poll(deadline);
      if (event == null || event == Event.END) {
        return Optional.empty();
      }
      known = Optional.of(event).filter(wanted);
    }
    return known;
  }

  /** Waits for an event of that name. */
  public Event expect(String name, Duration timeout) {
    return await(event -> event.name().equals(name), timeout)
        .orElseThrow(
            () -> new Unmet("an event " + name, "status " + status() + ", events " + names()));
  }

  /** Everything that came within that time. */
  public List<Event> collect(Duration time) {
    await(event -> false, time);
    return List.copyOf(taken);
  }

  /** Waits until the server ends the stream. */
  public boolean awaitEnd(Duration timeout) {
    await(event -> false, timeout);
    return ended;
  }

  private List<String> names() {
    return taken.stream().map(Event::name).toList();
  }

  private @Nullable Event poll(long deadline) {
    if (ended) {
      return Event.END;
    }
    try {
      Event event = queue.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
      if (event == Event.END) {
        ended = true;
      } else if (event != null) {
        taken.add(event);
      }
      return event;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() throws IOException {
    response.body().close();
  }
}
