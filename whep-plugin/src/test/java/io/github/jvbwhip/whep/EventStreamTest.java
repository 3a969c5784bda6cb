package io.github.jvbwhip.whep;

import static io.github.jvbwhip.whep.WhepServer.link;
import static io.github.jvbwhip.whep.WhepServer.location;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.core.bridge.EndReason;
import io.github.jvbwhip.core.bridge.FakeIngest;
import io.github.jvbwhip.core.bridge.MediaKind;
import io.github.jvbwhip.http.sse.EventStreamClient;
import io.github.jvbwhip.http.sse.EventStreamParser.Event;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** WHEP events document, "Server Sent Events extension": the life of event streams. */
@Timeout(30)
class EventStreamTest {
  private WhepServer server;
  private FakeIngest camera;

  @BeforeEach
  void start() throws Exception {
    server = new WhepServer("events.max-streams-per-session = 2");
    camera = server.publish(WhepServer.CAMERA);
  }

  @AfterEach
  void stop() throws Exception {
    server.close();
  }

  /** "will return a 201 Created response with a Location header field". */
  @Test
  void is_created_by_a_list_of_events() throws Exception {
    HttpResponse<String> played = server.play("/whep/room");
    HttpResponse<String> created =
        server.post(
            link(played, ExtensionLinks.EVENTS).orElseThrow(),
            "[\"active\",\"inactive\",\"layers\",\"reconnect\",\"viewercount\"]");
    assertThat(created.statusCode()).isEqualTo(201);
    assertThat(location(created)).isEqualTo(location(played) + "/sse/1");
  }

  /** "MUST return a 400 Bad Request response and MUST NOT create the event stream". */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "[\"active\",\"weather\"]",
        "[\"Active\"]",
        "{\"events\":[\"active\"]}",
        "[1]",
        "[[\"active\"]]",
        "\"active\"",
        "[\"active\""
      })
  void nothing_is_created_for_what_is_not_supported(String body) throws Exception {
    HttpResponse<String> played = server.play("/whep/room");
    HttpResponse<String> refused = server.post(location(played) + "/sse", body);
    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(refused.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    assertThat(refused.headers().firstValue("Location")).isEmpty();
    assertThat(server.send("GET", location(played) + "/sse/1", "").statusCode()).isEqualTo(404);
    server.loop.settle();
    assertThat(server.bridge.observerCount()).isZero();
  }

  /** "MAY include additional error information ... which event types are not supported". */
  @Test
  void says_which_events_are_not_supported() throws Exception {
    HttpResponse<String> played = server.play("/whep/room");
    assertThat(server.post(location(played) + "/sse", "[\"weather\",\"layers\"]").body())
        .contains("Not supported: weather.");
  }

  /** "The POST request MAY contain" a list: without one it is all events. */
  @ParameterizedTest
  @ValueSource(strings = {"", "[]"})
  void without_a_list_it_tells_all(String list) throws Exception {
    camera.startMedia(MediaKind.VIDEO);
    String path = server.newStream(server.play("/whep/room"), list);
    try (EventStreamClient events = server.listen(path)) {
      events.next("active");
      events.next("viewercount");
    }
  }

  /** "check for each event stream if the type is on the list". */
  @Test
  void tells_only_what_was_asked_for() throws Exception {
    HttpResponse<String> played = server.play("/whep/room");
    String narrow = server.newStream(played, "[\"inactive\"]");
    String wide = server.newStream(played, "[\"active\",\"inactive\"]");
    camera.startMedia(MediaKind.VIDEO);
    camera.stopMedia(MediaKind.VIDEO);
    try (EventStreamClient events = server.listen(wide)) {
      assertThat(events.next().type()).isEqualTo("active");
      assertThat(events.next().type()).isEqualTo("inactive");
    }
    try (EventStreamClient events = server.listen(narrow)) {
      assertThat(events.next().type()).isEqualTo("inactive");
    }
  }

  /** "enqueue it for delivering when an active long pull request is available". */
  @Test
  void keeps_events_until_it_is_read() throws Exception {
    String path = server.newStream(server.play("/whep/room"), "[\"active\",\"inactive\"]");
    camera.startMedia(MediaKind.AUDIO);
    camera.stopMedia(MediaKind.AUDIO);
    camera.startMedia(MediaKind.AUDIO);
    server.loop.settle();
    try (EventStreamClient events = server.listen(path)) {
      assertThat(List.of(events.next().type(), events.next().type(), events.next().type()))
          .containsExactly("active", "inactive", "active");
    }
  }

  /** WHATWG HTML §9.2: the response, and no buffering on its way. */
  @Test
  void is_an_event_stream_that_nobody_keeps() throws Exception {
    String path = server.newStream(server.play("/whep/room"), "");
    try (EventStreamClient events = server.listen(path, "Origin", "https://a.example.org")) {
      assertThat(events.status()).isEqualTo(200);
      assertThat(events.headers().firstValue("Content-Type")).hasValue("text/event-stream");
      assertThat(events.headers().allValues("Cache-Control")).containsExactly("no-store");
      assertThat(events.headers().firstValue("X-Accel-Buffering")).hasValue("no");
      assertThat(events.headers().firstValue("Access-Control-Allow-Origin")).hasValue("*");
      events.readUntil(() -> events.parser().retry().isPresent());
      assertThat(events.parser().retry()).hasValue(2000);
    }
    assertThat(server.send("HEAD", path, "").headers().firstValue("Content-Type"))
        .hasValue("text/event-stream");
  }

  /** WHATWG HTML §9.2.3: Last-Event-ID. */
  @Test
  void replays_what_a_client_missed() throws Exception {
    String path = server.newStream(server.play("/whep/room"), "[\"active\",\"inactive\"]");
    String first;
    try (EventStreamClient events = server.listen(path)) {
      camera.startMedia(MediaKind.VIDEO);
      first = events.next().lastEventId();
      camera.stopMedia(MediaKind.VIDEO);
      assertThat(events.next().type()).isEqualTo("inactive");
    }
    camera.startMedia(MediaKind.VIDEO);
    try (EventStreamClient events = server.listen(path, "Last-Event-ID", first)) {
      assertThat(events.next().type()).isEqualTo("inactive");
      assertThat(events.next().type()).isEqualTo("active");
    }
  }

  /** "drop any pending queued event and return a 404". */
  @Test
  void is_destroyed_by_delete() throws Exception {
    HttpResponse<String> played = server.play("/whep/room");
    String path = server.newStream(played, "");
    try (EventStreamClient events = server.listen(path)) {
      events.next();
      assertThat(server.send("DELETE", path, "").statusCode()).isEqualTo(200);
      events.readToEnd();
    }
    assertThat(server.send("GET", path, "").statusCode()).isEqualTo(404);
    assertThat(server.send("DELETE", path, "").statusCode()).isEqualTo(404);
    // The session goes on, and may have other streams.
    assertThat(server.newStream(played, "")).isEqualTo(location(played) + "/sse/2");
  }

  /** "MUST be destroyed when the WHEP Resource is terminated". */
  @Test
  void ends_with_its_session() throws Exception {
    HttpResponse<String> played = server.play("/whep/room");
    String path = server.newStream(played, "[\"reconnect\"]");
    try (EventStreamClient events = server.listen(path)) {
      server.send("DELETE", location(played), "");
      assertThat(events.readToEnd()).isEmpty();
    }
    assertThat(server.send("GET", path, "").statusCode()).isEqualTo(404);
    assertThat(server.send("POST", location(played) + "/sse", "").statusCode()).isEqualTo(404);
    server.loop.settle();
    assertThat(server.bridge.observerCount()).isZero();
  }

  /** A session is not a way to fill the server's memory. */
  @Test
  void there_are_only_so_many_of_a_session() throws Exception {
    HttpResponse<String> played = server.play("/whep/room");
    server.newStream(played, "");
    String second = server.newStream(played, "");
    assertThat(server.send("POST", location(played) + "/sse", "").statusCode()).isEqualTo(429);
    server.send("DELETE", second, "");
    server.newStream(played, "");
  }

  /** "Unknown fields ... ignored", and "the event data in a single data line". */
  @Test
  void every_event_has_one_data_line() throws Exception {
    camera.startMedia(MediaKind.VIDEO);
    camera.setLayers(List.of(WhepServer.layer("h\r\ndata: x", 640, 360, 1)));
    HttpResponse<String> played = server.play("/whep/room");
    server.egress().connectPeer();
    String path = server.newStream(played, "");
    server.bridge.askReconnect(WhepServer.ROOM, Optional.of("https://b.example.org\n\ndata: y"));
    try (EventStreamClient events = server.listen(path)) {
      for (Event event = events.next(); ; event = events.next()) {
        assertThat(event.dataLines()).as(event.type()).isEqualTo(1);
        if (event.type().equals("reconnect")) {
          return;
        }
      }
    }
  }

  /** For players that only have onmessage. */
  @Test
  void names_can_be_put_into_the_data() throws Exception {
    camera.startMedia(MediaKind.VIDEO);
    HttpResponse<String> played = server.play("/whep/room");
    String path = server.newStream(played, "[\"active\",\"viewercount\"]", "?named=0");
    try (EventStreamClient events = server.listen(path)) {
      assertThat(events.next())
          .isEqualTo(new Event("message", "{\"event\":\"active\",\"data\":{}}", "1", 1));
      assertThat(events.next().data())
          .isEqualTo("{\"event\":\"viewercount\",\"data\":{\"viewercount\":0}}");
    }
  }

  /** The room is observed for as long as somebody listens, and no longer. */
  @Test
  void a_room_is_observed_once_for_all_its_streams() throws Exception {
    HttpResponse<String> played = server.play("/whep/room");
    String one = server.newStream(played, "");
    String two = server.newStream(played, "");
    assertThat(server.bridge.observerCount()).as("of snapshots, and of reconnects").isEqualTo(2);
    server.send("DELETE", one, "");
    server.loop.settle();
    assertThat(server.bridge.observerCount()).isEqualTo(2);
    server.send("DELETE", two, "");
    server.loop.settle();
    assertThat(server.bridge.observerCount()).isZero();
  }

  /** "reconnect event": "The connection between WHEP player and WHEP Resource is degraded". */
  @Test
  void a_player_whose_connection_was_lost_is_asked_to_reconnect() throws Exception {
    String path = server.newStream(server.play("/whep/room"), "[\"reconnect\"]");
    try (EventStreamClient events = server.listen(path)) {
      server.egress().end(EndReason.CONSENT_LOST, "no answer for 30 s");
      assertThat(events.readToEnd()).extracting(Event::type).containsExactly("reconnect");
    }
  }

  /** One that left has no use for it. */
  @Test
  void a_player_that_closed_dtls_is_not() throws Exception {
    String path = server.newStream(server.play("/whep/room"), "[\"reconnect\"]");
    try (EventStreamClient events = server.listen(path)) {
      server.egress().end(EndReason.DTLS_CLOSED, "close_notify");
      assertThat(events.readToEnd()).isEmpty();
    }
  }

  /** "reconnect event": "going to be terminated due to resource management policies". */
  @Test
  void all_players_are_asked_to_reconnect_when_the_server_stops() throws Exception {
    String path = server.newStream(server.play("/whep/room"), "");
    try (EventStreamClient events = server.listen(path)) {
      events.next("viewercount");
      server.plugin.close();
      List<Event> last = events.readToEnd();
      assertThat(last).isNotEmpty();
      assertThat(last.get(last.size() - 1).type()).isEqualTo("reconnect");
    }
    assertThat(server.bridge.egresses()).isEmpty();
  }

  @Test
  void players_of_a_server_that_stops_are_sent_to_another_one() throws Exception {
    server.bridge.setOtherServer("https://b.example.org");
    String path = server.newStream(server.play("/whep/room/camera?token=x"), "[\"reconnect\"]");
    try (EventStreamClient events = server.listen(path)) {
      server.plugin.close();
      assertThat(events.readToEnd())
          .extracting(Event::data)
          .containsExactly("{\"url\":\"https://b.example.org/whep/room/camera\"}");
    }
  }

  /** A drain: sessions go on until their players have left. */
  @Test
  void players_can_be_sent_elsewhere() throws Exception {
    HttpResponse<String> played = server.play("/whep/room");
    try (EventStreamClient events =
        server.listen(server.newStream(played, "[\"reconnect\",\"viewercount\"]"))) {
      server.bridge.askReconnect(WhepServer.ROOM, Optional.of("https://b.example.org/whep/room"));
      assertThat(events.next("reconnect").data())
          .isEqualTo("{\"url\":\"https://b.example.org/whep/room\"}");
      server.egress().connectPeer();
      server.loop.advance(Duration.ofSeconds(2));
      events.next("viewercount");
    }
    assertThat(server.send("GET", location(played), "").statusCode()).isEqualTo(204);
  }
}
