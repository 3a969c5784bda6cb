package io.github.jvbwhip.whep;

import static io.github.jvbwhip.whep.WhepServer.CAMERA;
import static io.github.jvbwhip.whep.WhepServer.layer;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.core.bridge.Codec;
import io.github.jvbwhip.core.bridge.FakeIngest;
import io.github.jvbwhip.core.bridge.MediaKind;
import io.github.jvbwhip.core.threads.Await;
import io.github.jvbwhip.http.sse.EventStreamClient;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The list of rooms, which is what the pages show. */
@Timeout(30)
class RoomsApiTest {
  private static final String CAMERA_ONLY =
      "{\"rooms\":[{\"name\":\"room\",\"viewers\":0,\"stage\":\"camera\",\"streams\":["
          + "{\"name\":\"camera\",\"codecs\":[\"opus\",\"VP8\"],\"active\":[\"audio\",\"video\"],"
          + "\"layers\":[{\"rid\":\"h\",\"spatialLayerId\":0,\"temporalLayerId\":0,"
          + "\"bitrate\":5,\"width\":640,\"height\":360}]}]}]}";

  private static final String NOTHING = "{\"rooms\":[]}";

  private WhepServer server;

  @BeforeEach
  void start() throws Exception {
    server = new WhepServer("auth.tokens = [ watch ]");
  }

  @AfterEach
  void stop() throws Exception {
    server.close();
  }

  @Test
  void tells_rooms_streams_and_layers() throws Exception {
    assertThat(get().body()).isEqualTo(NOTHING);
    publish();
    HttpResponse<String> response = get();
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("Content-Type")).hasValue("application/json");
    assertThat(response.headers().firstValue("Cache-Control")).hasValue("no-store");
    assertThat(response.body()).isEqualTo(CAMERA_ONLY);
  }

  @Test
  void tells_each_codec_once() throws Exception {
    server.publish(CAMERA, h264("0"), h264("1"));
    assertThat(get().body()).contains("\"codecs\":[\"H264\"]");
  }

  @Test
  void tells_a_codec_in_one_spelling_however_its_publisher_wrote_it() throws Exception {
    Codec opus = new Codec(MediaKind.AUDIO, "OPUS", 48_000, 2, Map.of());
    Codec h264 = new Codec(MediaKind.VIDEO, "h264", 90_000, 1, Map.of());
    server.publish(CAMERA, opus, h264, h264("1"));
    assertThat(get().body()).contains("\"codecs\":[\"opus\",\"H264\"]");
  }

  @Test
  void tells_a_change_at_once_and_what_follows_it_within_a_second() throws Exception {
    try (EventStreamClient events = open()) {
      assertThat(events.next("rooms").data()).isEqualTo(NOTHING);
      FakeIngest camera = server.publish(CAMERA);
      assertThat(events.next("rooms").data()).contains("\"name\":\"camera\"", "\"layers\":[]");
      startMedia(camera);
      server.loop.advance(Duration.ofSeconds(1));
      assertThat(events.next("rooms").data()).isEqualTo(CAMERA_ONLY);
      server.loop.advance(Duration.ofSeconds(60));
      camera.close();
      assertThat(events.next("rooms").data()).isEqualTo(NOTHING);
    }
  }

  @Test
  void a_page_that_comes_before_a_change_is_taken_back_is_not_left_with_it() throws Exception {
    try (EventStreamClient events = open()) {
      events.next("rooms");
      FakeIngest camera = server.publish(CAMERA);
      String told = events.next("rooms").data();
      camera.setLayers(List.of(layer("h", 640, 360, 5)));
      try (EventStreamClient late = open()) {
        assertThat(late.next("rooms").data()).isEqualTo(told);
        camera.setLayers(List.of());
        server.loop.advance(Duration.ofSeconds(1));
        assertThat(get().body()).isEqualTo(told);
      }
    }
  }

  @Test
  void follows_rooms_only_while_somebody_looks() throws Exception {
    assertThat(server.bridge.observerCount()).isZero();
    try (EventStreamClient events = open();
        EventStreamClient more = open()) {
      events.next("rooms");
      more.next("rooms");
      assertThat(server.bridge.observerCount()).isEqualTo(1);
    }
    // That a client has gone shows when something is written to it.
    FakeIngest camera = server.publish(CAMERA);
    AtomicInteger bitrate = new AtomicInteger();
    Await.until(
        "nobody follows the rooms",
        () -> {
          camera.setLayers(List.of(layer("h", 640, 360, bitrate.incrementAndGet())));
          server.loop.advance(Duration.ofSeconds(1));
          return server.bridge.observerCount();
        },
        observers -> observers == 0);
  }

  /** A page that comes back gets the rooms as they are, whatever it saw last. */
  @Test
  void starts_anew_for_each_connection() throws Exception {
    try (EventStreamClient events = open()) {
      events.next("rooms");
    }
    try (EventStreamClient events = open("Last-Event-ID", "1")) {
      assertThat(events.next("rooms").data()).isEqualTo(NOTHING);
    }
  }

  @Test
  void is_read_only() throws Exception {
    assertThat(server.send("POST", "/api/rooms", "{}").statusCode()).isEqualTo(405);
    assertThat(server.send("DELETE", "/api/rooms/events", "").statusCode()).isEqualTo(405);
    assertThat(server.send("GET", "/api/rooms/room", "").statusCode()).isEqualTo(404);
  }

  @Test
  void can_be_switched_off() throws Exception {
    try (WhepServer without = new WhepServer("rooms-api = false")) {
      assertThat(without.send("GET", "/api/rooms", "").statusCode()).isEqualTo(404);
    }
  }

  private static Codec h264(String packetizationMode) {
    return new Codec(
        MediaKind.VIDEO, "H264", 90_000, 1, Map.of("packetization-mode", packetizationMode));
  }

  private void publish() {
    startMedia(server.publish(CAMERA));
  }

  private static void startMedia(FakeIngest camera) {
    camera.startMedia(MediaKind.VIDEO);
    camera.startMedia(MediaKind.AUDIO);
    camera.setLayers(List.of(layer("h", 640, 360, 5)));
  }

  private HttpResponse<String> get() throws Exception {
    return server.send("GET", "/api/rooms", "");
  }

  private EventStreamClient open(String... headers) throws Exception {
    return EventStreamClient.open(
        HttpClient.newHttpClient(), server.uri("/api/rooms/events"), headers);
  }
}
