package io.github.jvbwhip.integration.pages;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.jvbwhip.testpeer.Signal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.StreamSupport;

/** Who is on a server, by its own list of rooms. Thread-safe. */
record RoomsApi(URI server) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  /** The streams of a room and who watches it; empty where there is neither. */
  Optional<JsonNode> room(String name) {
    try {
      HttpRequest request = HttpRequest.newBuilder(server.resolve("api/rooms")).build();
      JsonNode rooms = JSON.readTree(HTTP.send(request, BodyHandlers.ofString()).body());
      return StreamSupport.stream(rooms.path("rooms").spliterator(), false)
          .filter(room -> room.path("name").asText().equals(name))
          .findFirst();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** How many publish in a room. */
  int publishers(String room) {
    return room(room).map(found -> found.path("streams").size()).orElse(0);
  }

  /** How many watch a room. */
  int viewers(String room) {
    return room(room).map(found -> found.path("viewers").asInt()).orElse(0);
  }

  /** Waits until nobody publishes or watches there. */
  void awaitNobody(String room, Duration timeout) {
    await("nobody in " + room, room, timeout, found -> found.isEmpty());
  }

  /** Waits until so many watch. */
  void awaitViewers(String room, int count, Duration timeout) {
    await(count + " viewers", room, timeout, found -> viewers(room) == count);
  }

  /** Waits until so many publish. */
  void awaitPublishers(String room, int count, Duration timeout) {
    await(count + " publishers", room, timeout, found -> publishers(room) == count);
  }

  /** Ends a session from outside. */
  void delete(URI session) {
    try {
      HttpRequest request = HttpRequest.newBuilder(session).DELETE().build();
      assertThat(HTTP.send(request, BodyHandlers.discarding()).statusCode()).isEqualTo(200);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private void await(
      String what, String room, Duration timeout, Predicate<Optional<JsonNode>> condition) {
    new Signal()
        .await(what, timeout, () -> condition.test(room(room)), () -> String.valueOf(room(room)));
  }
}
