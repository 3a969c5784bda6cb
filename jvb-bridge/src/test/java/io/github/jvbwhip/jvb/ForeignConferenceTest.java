package io.github.jvbwhip.jvb;

import static io.github.jvbwhip.jvb.ScriptedRooms.SECOND;
import static io.github.jvbwhip.jvb.scenario.ScenarioMedia.video;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.core.bridge.ReconnectRequest;
import io.github.jvbwhip.core.bridge.RoomName;
import io.github.jvbwhip.core.bridge.StreamSnapshot;
import io.github.jvbwhip.jvb.fake.FakeConference;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Conferences that others have created: closed, and opened. */
class ForeignConferenceTest {
  private static final String PARTICIPANT = "aabbccdd";

  private final ScriptedRooms rooms = new ScriptedRooms();
  private FakeConference meeting;

  @BeforeEach
  void meet() {
    meeting = rooms.host.meeting("standup");
    meeting.join(FakeConference.sender(PARTICIPANT));
  }

  @ParameterizedTest
  @ValueSource(strings = {"standup", "STANDUP"})
  void a_closed_one_is_as_if_it_was_not_there_also_after_the_rooms_end(String name) {
    for (int round = 0; round < 2; round++) {
      assertThat(rooms.bridge.room(new RoomName(name))).isEmpty();
      ScriptedRooms.Player player = rooms.player(name);
      ScriptedRooms.Publisher publisher = rooms.publisher(name, "main", video(2001));

      assertThat(meeting.endpoints()).isEmpty();
      assertThat(rooms.host.conferences()).hasSize(2);
      assertThat(rooms.bridge.room(new RoomName(name)).orElseThrow().streams())
          .extracting(stream -> stream.name().value())
          .containsExactly("main");
      assertThat(player.wanted()).doesNotContain(PARTICIPANT + "-v0");

      player.endpoint.close();
      publisher.endpoint.close();
      rooms.threads.pass(SECOND.multipliedBy(2));
      assertThat(rooms.host.conferences()).containsExactly(meeting);
    }
  }

  @Test
  void an_open_one_is_watched_and_no_list_tells_of_it() {
    rooms.host.openForeign();
    assertThat(rooms.bridge.room(new RoomName("Standup")).orElseThrow().streams())
        .extracting(StreamSnapshot::name)
        .extracting(Object::toString)
        .containsExactly(PARTICIPANT);

    ScriptedRooms.Player player = rooms.player("standup");
    rooms.player("other");

    assertThat(meeting.endpoints()).hasSize(1);
    assertThat(player.wanted()).containsExactly(PARTICIPANT + "-v0");
    assertThat(player.link().heard()).containsExactly(PARTICIPANT + "-a0");
    assertThat(rooms.bridge.rooms())
        .extracting(room -> room.name().value())
        .containsExactly("other");
  }

  @Test
  void all_rooms_look_for_theirs_together_once_a_second() {
    rooms.host.openForeign();
    for (int i = 0; i < 50; i++) {
      RoomName name = new RoomName("room" + i);
      assertThat(rooms.bridge.room(name)).isEmpty();
      assertThat(rooms.bridge.observe(name, snapshot -> {})).isNotNull();
    }
    assertThat(rooms.host.lookUps()).isEqualTo(1);

    rooms.threads.pass(SECOND.multipliedBy(5));
    assertThat(rooms.host.lookUps()).isBetween(4, 6);
  }

  @Test
  void its_participants_are_asked_for_keyframes_by_the_bridge_alone() {
    rooms.host.openForeign();
    ScriptedRooms.Player player = rooms.player("standup");
    player.link().takeUp(PARTICIPANT + "-v0");
    rooms.threads.pass(SECOND.multipliedBy(4));

    assertThat(meeting.keyframesAsked())
        .isNotEmpty()
        .containsOnly(player.endpoint.id() + " " + PARTICIPANT + " 4002");
  }

  @Test
  void one_that_is_created_while_the_room_gets_its_own_does_not_divide_the_room() {
    rooms.host.openForeign();
    rooms.host.whileAllocating(
        conference -> {
          rooms.host.whileAllocating(next -> {});
          rooms.host.meeting("daily").join(FakeConference.sender(PARTICIPANT));
          rooms.threads.pass(SECOND.multipliedBy(2));
        });

    rooms.publisher("daily", "one", video(2001));
    rooms.publisher("daily", "two", video(2002));

    assertThat(rooms.host.conferences())
        .filteredOn(conference -> !conference.endpoints().isEmpty())
        .hasSize(1);
    assertThat(rooms.bridge.room(new RoomName("daily")).orElseThrow().streams()).hasSize(2);
  }

  @Test
  void players_do_not_keep_it_alive() {
    rooms.host.openForeign();
    ScriptedRooms.Player player = rooms.player("standup");

    meeting.leave(PARTICIPANT);
    rooms.threads.pass(SECOND);

    assertThat(player.listener.calls()).containsExactly("connected", "ended EXPIRED");
    assertThat(meeting.endpoints()).isEmpty();
  }

  @Test
  void the_plugins_own_publishers_are_shown_once_and_by_their_names() {
    rooms.host.openForeign();
    rooms.publisher("standup", "obs", video(2001));

    assertThat(rooms.bridge.room(new RoomName("standup")).orElseThrow().streams())
        .extracting(stream -> stream.name().value())
        .containsExactly("obs", PARTICIPANT);
  }

  @Test
  void players_that_wait_are_sent_into_a_meeting_that_begins() {
    rooms.host.openForeign();
    ScriptedRooms.Player player = rooms.player("daily");
    List<ReconnectRequest> asked = new ArrayList<>();
    assertThat(rooms.bridge.observeReconnects(new RoomName("daily"), asked::add)).isNotNull();
    FakeConference daily = rooms.host.meeting("daily");
    daily.join(FakeConference.sender(PARTICIPANT));
    rooms.threads.pass(SECOND.multipliedBy(2));

    assertThat(player.listener.calls()).containsExactly("connected", "ended EXPIRED");
    assertThat(asked).hasSize(1);
    ScriptedRooms.Player again = rooms.player("daily");
    assertThat(again.wanted()).containsExactly(PARTICIPANT + "-v0");
    assertThat(daily.endpoints()).hasSize(1);
  }

  @Test
  void a_room_in_which_somebody_publishes_stays_the_plugins_own() {
    rooms.host.openForeign();
    ScriptedRooms.Publisher publisher = rooms.publisher("daily", "one", video(2001));
    ScriptedRooms.Player player = rooms.player("daily");
    rooms.host.meeting("daily").join(FakeConference.sender(PARTICIPANT));
    rooms.threads.pass(SECOND.multipliedBy(2));

    assertThat(player.listener.calls()).containsExactly("connected");
    assertThat(publisher.listener.calls()).containsExactly("connected");
  }
}
