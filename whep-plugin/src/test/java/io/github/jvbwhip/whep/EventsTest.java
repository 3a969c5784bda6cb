package io.github.jvbwhip.whep;

import static io.github.jvbwhip.whep.WhepServer.CAMERA;
import static io.github.jvbwhip.whep.WhepServer.OFFER;
import static io.github.jvbwhip.whep.WhepServer.ROOM;
import static io.github.jvbwhip.whep.WhepServer.layer;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.core.bridge.Availability;
import io.github.jvbwhip.core.bridge.Codec;
import io.github.jvbwhip.core.bridge.FakeIngest;
import io.github.jvbwhip.core.bridge.MediaKind;
import io.github.jvbwhip.core.bridge.StreamName;
import io.github.jvbwhip.http.sse.EventStreamClient;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** WHEP events document, one event after the other. */
@Timeout(30)
class EventsTest {
  private static final StreamName SCREEN = new StreamName("screen");

  private WhepServer server;

  @BeforeEach
  void start() throws Exception {
    server = new WhepServer("");
  }

  @AfterEach
  void stop() throws Exception {
    server.close();
  }

  /** "active event": "at the beginning of the playback when the resource is created". */
  @Test
  void active_comes_first_when_there_is_a_publication() throws Exception {
    server.publish(CAMERA).startMedia(MediaKind.AUDIO);
    try (EventStreamClient events = server.watch("/whep/room", "")) {
      assertThat(events.next().type()).isEqualTo("active");
    }
  }

  /** "inactive event": "MUST NOT send an initial inactive event". */
  @Test
  void inactive_never_comes_first() throws Exception {
    try (EventStreamClient events = server.watch("/whep/room", "[\"active\",\"inactive\"]")) {
      FakeIngest camera = server.publish(CAMERA);
      camera.startMedia(MediaKind.VIDEO);
      camera.close();
      assertThat(events.next().type()).isEqualTo("active");
      assertThat(events.next().type()).isEqualTo("inactive");
    }
  }

  /** The player stays through the publisher's reconnect, and is told. */
  @Test
  void follows_a_publisher_that_comes_back() throws Exception {
    FakeIngest camera = server.publish(CAMERA);
    camera.startMedia(MediaKind.AUDIO);
    camera.startMedia(MediaKind.VIDEO);
    try (EventStreamClient events =
        server.watch("/whep/room/camera", "[\"active\",\"inactive\"]")) {
      assertThat(events.next().type()).isEqualTo("active");
      camera.close();
      assertThat(events.next().type()).isEqualTo("inactive");
      FakeIngest again = server.publish(CAMERA);
      again.startMedia(MediaKind.VIDEO);
      assertThat(events.next().type()).isEqualTo("active");
      assertThat(events.parser().drain()).isEmpty();
    }
  }

  /** A pinned player does not care for others; one on the stage does not care who it is. */
  @Test
  void pinned_and_stage_see_different_publications() throws Exception {
    FakeIngest camera = server.publish(CAMERA);
    camera.startMedia(MediaKind.VIDEO);
    server.publish(SCREEN).startMedia(MediaKind.VIDEO);
    String names = "[\"active\",\"inactive\",\"speaker\"]";
    try (EventStreamClient stage = server.watch("/whep/room", names);
        EventStreamClient pinned = server.watch("/whep/room/camera", names)) {
      assertThat(stage.next().type()).isEqualTo("active");
      assertThat(stage.next().data()).isEqualTo("{\"stream\":\"camera\"}");
      assertThat(pinned.next().type()).isEqualTo("active");
      assertThat(pinned.next().data()).isEqualTo("{\"stream\":\"camera\"}");

      server.bridge.setStage(ROOM, SCREEN);
      camera.stopMedia(MediaKind.VIDEO);

      assertThat(pinned.next().data()).isEqualTo("{\"stream\":\"screen\"}");
      assertThat(pinned.next().type()).isEqualTo("inactive");
      assertThat(stage.next().data()).isEqualTo("{\"stream\":\"screen\"}");
      server.bridge.ingest(ROOM, SCREEN).orElseThrow().close();
      // The camera, which sends nothing now, is on the stage again.
      assertThat(stage.next().type()).isEqualTo("inactive");
      assertThat(stage.next().data()).isEqualTo("{\"stream\":\"camera\"}");
    }
  }

  /** "layers event": "indexed by the m-line order in the SDP". */
  @Test
  void layers_are_told_by_the_index_of_the_m_line() throws Exception {
    server.publish(CAMERA).setLayers(List.of(layer("h", 1280, 720, 900_000)));
    String data =
        "[{\"rid\":\"h\",\"spatialLayerId\":0,\"temporalLayerId\":0,\"bitrate\":900000,"
            + "\"width\":1280,\"height\":720}]";
    try (EventStreamClient events = server.watch("/whep/room", "[\"layers\"]")) {
      assertThat(events.next().data()).isEqualTo("{\"1\":" + data + "}");
    }
    int audio = OFFER.indexOf("m=audio");
    int video = OFFER.indexOf("m=video");
    String swapped =
        OFFER.substring(0, audio) + OFFER.substring(video) + OFFER.substring(audio, video);
    HttpResponse<String> played = server.play("/whep/room", swapped);
    try (EventStreamClient events = server.listen(server.newStream(played, "[\"layers\"]"))) {
      assertThat(events.next().data()).isEqualTo("{\"0\":" + data + "}");
    }
  }

  /** "MAY send the event periodically or just when the layer information has changed". */
  @Test
  void a_new_layer_is_told_at_once_and_bitrates_now_and_then() throws Exception {
    FakeIngest camera = server.publish(CAMERA);
    camera.setLayers(List.of(layer("h", 1280, 720, 1)));
    try (EventStreamClient events = server.watch("/whep/room", "[\"layers\"]")) {
      assertThat(events.next().data()).contains("\"bitrate\":1,");
      camera.setLayers(List.of(layer("h", 640, 360, 2)));
      assertThat(events.next().data()).contains("\"width\":640");
      for (int bitrate = 3; bitrate < 100; bitrate++) {
        camera.setLayers(List.of(layer("h", 640, 360, bitrate)));
      }
      server.loop.advance(Duration.ofSeconds(5));
      assertThat(events.next().data()).contains("\"bitrate\":99,");
      // A layer that stops is no mere change of a bitrate.
      camera.setLayers(List.of(layer("h", 640, 360, 0)));
      assertThat(events.next().data()).contains("\"bitrate\":0,");
    }
  }

  /** "viewercount event": "not updated in real time but periodically". */
  @Test
  void viewers_are_counted_at_most_every_two_seconds() throws Exception {
    try (EventStreamClient events = server.watch("/whep/room", "[\"viewercount\"]")) {
      assertThat(events.next().data()).isEqualTo("{\"viewercount\":0}");
      server.egress().connectPeer();
      assertThat(events.next().data()).isEqualTo("{\"viewercount\":1}");
      for (int i = 0; i < 5; i++) {
        server.play("/whep/room");
        server.egress().connectPeer();
      }
      server.loop.advance(Duration.ofSeconds(2));
      assertThat(events.next().data()).isEqualTo("{\"viewercount\":6}");
    }
  }

  /** To the others, who have not heard of it, it is as it was. */
  @Test
  void who_came_in_between_hears_that_the_count_is_as_it_was_before() throws Exception {
    try (EventStreamClient early = server.watch("/whep/room", "[\"viewercount\"]")) {
      assertThat(early.next().data()).isEqualTo("{\"viewercount\":0}");
      server.egress().connectPeer();
      assertThat(early.next().data()).isEqualTo("{\"viewercount\":1}");
      HttpResponse<String> second = server.play("/whep/room");
      server.egress().connectPeer();
      try (EventStreamClient late = server.watch("/whep/room", "[\"viewercount\"]")) {
        assertThat(late.next().data()).isEqualTo("{\"viewercount\":2}");
        server.send("DELETE", WhepServer.location(second), "");
        server.loop.advance(Duration.ofSeconds(2));
        assertThat(late.next().data()).isEqualTo("{\"viewercount\":1}");
      }
    }
  }

  /** "reconnect event", asked for by the bridge. */
  @Test
  void reconnect_passes_the_url_on() throws Exception {
    try (EventStreamClient events = server.watch("/whep/room", "[\"reconnect\"]")) {
      server.bridge.askReconnect(ROOM, Optional.empty());
      assertThat(events.next().data()).isEqualTo("{}");
      server.bridge.askReconnect(ROOM, Optional.of("https://b.example.org/whep/room"));
      assertThat(events.next().data()).isEqualTo("{\"url\":\"https://b.example.org/whep/room\"}");
    }
  }

  /** The place of each there is that of the same here. */
  @Test
  void reconnect_leads_each_player_to_what_it_watches() throws Exception {
    try (EventStreamClient stage = server.watch("/whep/room", "[\"reconnect\"]");
        EventStreamClient camera = server.watch("/whep/room/camera?token=x", "[\"reconnect\"]")) {
      server.bridge.setAvailability(Availability.draining(Optional.empty()));
      server.bridge.askReconnect(ROOM, Optional.empty());
      assertThat(stage.next().data()).isEqualTo("{}"); // None is known.
      assertThat(camera.next().data()).isEqualTo("{}");
      server.bridge.setAvailability(Availability.ACCEPTING);
      server.bridge.setOtherServer("https://b.example.org");
      server.bridge.askReconnect(ROOM, Optional.empty());
      assertThat(stage.next().data()).isEqualTo("{}");
      assertThat(camera.next().data()).isEqualTo("{}");
      server.bridge.setAvailability(Availability.draining(Optional.empty()));
      server.bridge.askReconnect(ROOM, Optional.empty());
      assertThat(stage.next().data()).isEqualTo("{\"url\":\"https://b.example.org/whep/room\"}");
      assertThat(camera.next().data())
          .isEqualTo("{\"url\":\"https://b.example.org/whep/room/camera\"}");
    }
  }

  /** Our own: a publication in codecs that the player cannot take. */
  @Test
  void unsupported_names_what_cannot_be_taken() throws Exception {
    String audioOnly =
        OFFER.substring(0, OFFER.indexOf("m=video")).replaceAll("BUNDLE 0 1", "BUNDLE 0");
    HttpResponse<String> played = server.play("/whep/room", audioOnly);
    assertThat(played.statusCode()).as(played.body()).isEqualTo(201);
    String path = server.newStream(played, "[\"unsupported\"]");
    try (EventStreamClient events = server.listen(path)) {
      FakeIngest camera = server.publish(CAMERA);
      assertThat(events.next().data()).isEqualTo("{\"video\":[\"VP8\"]}");
      camera.close();
      assertThat(events.next().data()).isEqualTo("{}");
      Codec av1 = new Codec(MediaKind.VIDEO, "AV1", 90000, 1, Map.of());
      server.publish(CAMERA, WhepServer.OPUS, av1);
      assertThat(events.next().data()).isEqualTo("{\"video\":[\"AV1\"]}");
    }
  }

  /** Both are told to whom they are shown: a player with one section of video has the first. */
  @Test
  void of_several_videos_each_section_of_a_pinned_player_has_its_own() throws Exception {
    Codec h265 = new Codec(MediaKind.VIDEO, "H265", 90000, 1, Map.of());
    FakeIngest camera = server.publish(CAMERA, WhepServer.OPUS, WhepServer.VP8, h265);
    camera.setLayers(List.of(layer("a", 640, 360, 1)));
    camera.setLayers(1, List.of(layer("b", 1280, 720, 2)));
    String video = OFFER.substring(OFFER.indexOf("m=video"));
    String two = OFFER.replace("BUNDLE 0 1", "BUNDLE 0 1 2") + video.replace("a=mid:1", "a=mid:2");
    String types = "[\"layers\",\"unsupported\"]";

    HttpResponse<String> played = server.play("/whep/room/camera", two);
    try (EventStreamClient events = server.listen(server.newStream(played, types))) {
      assertThat(events.next().data()).matches("\\{\"1\":.*\"a\".*,\"2\":.*\"b\".*}");
      assertThat(events.next().data()).isEqualTo("{\"video\":[\"H265\"]}");
    }
    for (String path : List.of("/whep/room/camera", "/whep/room")) {
      String offer = path.endsWith("room") ? two : OFFER;
      String own = server.newStream(server.play(path, offer), types);
      try (EventStreamClient events = server.listen(own)) {
        assertThat(events.next().data()).contains("\"a\"").doesNotContain("\"b\"", "\"2\"");
        camera.setLayers(List.of(layer("c", 640, 360, 1)));
        assertThat(events.next().data()).as("no word of H265").contains("\"c\"");
        camera.setLayers(List.of(layer("a", 640, 360, 1)));
      }
    }
  }

  /** A codec that another section takes shows nothing. */
  @Test
  void of_several_videos_each_has_to_be_in_a_codec_of_its_own_section() throws Exception {
    Codec h264 = new Codec(MediaKind.VIDEO, "H264", 90000, 1, Map.of());
    server.publish(CAMERA, WhepServer.OPUS, WhepServer.VP8, h264);
    String video = OFFER.substring(OFFER.indexOf("m=video"));
    String head =
        OFFER.substring(0, OFFER.indexOf("m=video")).replace("BUNDLE 0 1", "BUNDLE 0 1 2");
    String onlyH264 = video.replace("VP8/90000", "VP7/90000");
    String onlyVp8 = video.replace("H264/90000", "H263/90000");
    String types = "[\"unsupported\",\"viewercount\"]"; // The second always comes.

    String crossed = head + onlyH264 + onlyVp8.replace("a=mid:1", "a=mid:2");
    HttpResponse<String> played = server.play("/whep/room/camera", crossed);
    assertThat(played.statusCode()).as(played.body()).isEqualTo(201);
    try (EventStreamClient events = server.listen(server.newStream(played, types))) {
      assertThat(events.next().data()).isEqualTo("{\"video\":[\"VP8\",\"H264\"]}");
    }
    String half = head + onlyVp8 + onlyVp8.replace("a=mid:1", "a=mid:2");
    String path = server.newStream(server.play("/whep/room/camera", half), types);
    try (EventStreamClient events = server.listen(path)) {
      assertThat(events.next().data()).isEqualTo("{\"video\":[\"H264\"]}");
    }
  }

  /** Our own: what the bridge has sent. */
  @Test
  void stats_come_every_two_seconds() throws Exception {
    try (EventStreamClient events = server.watch("/whep/room", "[\"stats\"]")) {
      assertThat(events.next().data()).startsWith("{\"connected\":false,\"packetsSent\":0,");
      server.egress().connectPeer();
      server.loop.advance(Duration.ofSeconds(2));
      assertThat(events.next().data()).startsWith("{\"connected\":true,");
      server.loop.advance(Duration.ofSeconds(2));
      assertThat(events.next().lastEventId()).isEqualTo("3");
    }
  }
}
