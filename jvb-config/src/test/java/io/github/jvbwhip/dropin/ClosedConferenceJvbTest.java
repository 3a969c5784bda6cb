package io.github.jvbwhip.dropin;

import static io.github.jvbwhip.dropin.Peers.SOON;
import static io.github.jvbwhip.dropin.Peers.connected;
import static io.github.jvbwhip.dropin.Peers.eventually;
import static io.github.jvbwhip.dropin.Peers.otherNumbers;
import static io.github.jvbwhip.dropin.Peers.video;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.jvbwhip.testpeer.TestPeer;
import io.github.jvbwhip.testpeer.VideoSettings;
import io.github.jvbwhip.testpeer.media.Codec;
import io.github.jvbwhip.testpeer.sdp.OfferSpec;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Conferences that others have created are closed: knowing their name gets nobody in. */
@RequiresJvb
class ClosedConferenceJvbTest {
  private static final VideoSettings MEETING = new VideoSettings(1280, 720, 30, 900_000, 0);
  private static final VideoSettings OWN = new VideoSettings(320, 180, 30, 300_000, 0);

  private static JvbProcess bridge;
  private static BridgeState state;

  private final String meeting = Peers.newRoom();
  private final String participantId = UUID.randomUUID().toString().substring(0, 8);

  /** What somebody knows of the meeting. */
  private enum Known {
    NAME,
    NAME_IN_UPPER_CASE,
    MEETING_ID,
    CONFERENCE_ID
  }

  @BeforeAll
  static void startBridge() throws Exception {
    bridge = JvbProcess.start(JvbHome.orSkip());
    state = new BridgeState(bridge);
  }

  @AfterAll
  static void stopBridge() {
    if (bridge != null) {
      bridge.close();
    }
  }

  @ParameterizedTest
  @EnumSource
  void a_room_of_a_meetings_name_is_another_one_also_after_its_end(Known known) throws Exception {
    try (TestPeer participant =
        JitsiParticipant.join(bridge, meeting + "@conference.example.org", participantId)) {
      participant.video(MEETING).start();
      participant.audio().start();
      String room = room(known);

      assertSeparate(room);
      eventually("the room has ended", () -> conferences().size() == 1);
      assertSeparate(room);
    }
    bridge.patch(
        "/colibri/v2/conferences/" + participantId + "-meeting",
        "{'endpoints':[{'id':'%s','expire':true}]}".formatted(participantId).replace('\'', '"'));
    eventually("the meeting has ended", state::isEmpty);
  }

  private String room(Known known) throws Exception {
    return switch (known) {
      case NAME -> meeting;
      case NAME_IN_UPPER_CASE -> meeting.toUpperCase(Locale.ROOT);
      case MEETING_ID -> participantId + "-meeting";
      case CONFERENCE_ID -> conferences().get(0).path("id").asText();
    };
  }

  private void assertSeparate(String room) throws Exception {
    URI participants = bridge.url("/whep/" + room + "/" + participantId);
    try (TestPeer player = connected(bridge.url("/whep/" + room), otherNumbers(Codec.VP8));
        HeardEvents events = HeardEvents.of(player, "active", "viewercount");
        TestPeer pinned = connected(participants, otherNumbers(Codec.VP8))) {
      eventually(
          "both are there", () -> events.data("viewercount").contains("{\"viewercount\":2}"));
      assertThat(events.types()).doesNotContain("active");
      assertThat(streams(room)).isEmpty();

      try (TestPeer publisher =
          connected(bridge.url("/whip/" + room), OfferSpec.publisher(Codec.VP8))) {
        publisher.video(OWN).start();
        player.awaitVideoPackets(60, SOON);
        eventually("it is active", () -> events.types().contains("active"));
        assertThat(meetingsEndpoints()).containsExactly(participantId);
        assertThat(video(player).sizes()).containsExactly("320x180");
        assertThat(pinned.received().videoPackets()).isZero();
        assertThat(streams(room)).containsExactly("main");
        publisher.hangUp();
      }
      pinned.hangUp();
      player.hangUp();
    }
  }

  /** The streams of the only room that the list has. */
  private static List<String> streams(String room) throws Exception {
    JsonNode rooms = state.json("/api/rooms").path("rooms");
    assertThat(rooms.findValuesAsText("name").get(0)).isEqualTo(room);
    assertThat(rooms).hasSize(1);
    return rooms.get(0).path("streams").findValuesAsText("name");
  }

  private List<String> meetingsEndpoints() throws Exception {
    List<String> ids = new ArrayList<>();
    for (JsonNode conference : conferences()) {
      if (conference.path("name").asText().startsWith(meeting + "@conference")) {
        conference.path("endpoints").fieldNames().forEachRemaining(ids::add);
      }
    }
    return ids;
  }

  private static List<JsonNode> conferences() throws Exception {
    List<JsonNode> all = new ArrayList<>();
    state.debug().path("conferences").elements().forEachRemaining(all::add);
    return all;
  }
}
