package io.github.jvbwhip.jvb;

import static io.github.jvbwhip.jvb.ScriptedRooms.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.core.bridge.EgressEndpoint;
import io.github.jvbwhip.core.bridge.EgressRequest;
import io.github.jvbwhip.core.bridge.IngestEndpoint;
import io.github.jvbwhip.core.bridge.LayerInfo;
import io.github.jvbwhip.core.bridge.LayerSelection;
import io.github.jvbwhip.core.bridge.MediaKind;
import io.github.jvbwhip.core.bridge.RecordingListener;
import io.github.jvbwhip.core.bridge.RoomName;
import io.github.jvbwhip.core.bridge.RoomSnapshot;
import io.github.jvbwhip.core.bridge.StreamName;
import io.github.jvbwhip.core.bridge.StreamSnapshot;
import io.github.jvbwhip.jvb.fake.FakeConference;
import io.github.jvbwhip.jvb.fake.FakeMeetings;
import io.github.jvbwhip.jvb.fake.FakeMeetings.FakeAudience;
import io.github.jvbwhip.jvb.fake.FakePeer;
import io.github.jvbwhip.jvb.host.EgressLink;
import io.github.jvbwhip.jvb.host.Participant;
import io.github.jvbwhip.jvb.host.Participant.Layer;
import io.github.jvbwhip.jvb.host.Participant.Source;
import io.github.jvbwhip.jvb.room.StageRule;
import io.github.jvbwhip.jvb.scenario.RtpStream;
import io.github.jvbwhip.jvb.scenario.ScenarioMedia;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Who is seen and heard of a meeting, and by which names. */
class WatchedStageTest {
  private static final String ALICE = "11111111";
  private static final String BOB = "22222222";
  private static final String CAROL = "33333333";
  private static final String DAVE = "44444444";
  private static final List<Layer> ONE = List.of(new Layer(0, 0, 720, true, 900_000));

  private final FakeMeetings meetings = new FakeMeetings();
  private final ScriptedRooms rooms;
  private final FakeConference meeting;

  WatchedStageTest() {
    rooms = new ScriptedRooms(meetings, new Watching(true, StageRule.SCREEN));
    meeting = rooms.host.meeting("standup@muc");
  }

  private void join(String id, Source... others) {
    Stream<Source> usual = Stream.of(audio(id, true), video(id + "-v0", true, false));
    meeting.join(new Participant(id, Stream.concat(usual, Stream.of(others)).toList()));
  }

  private static Source audio(String id, boolean active) {
    return new Source(
        MediaKind.AUDIO, id + "-a0", Long.parseLong(id) + 1, active, false, List.of(), false);
  }

  private static Source video(String name, boolean active, boolean screen) {
    return new Source(
        MediaKind.VIDEO, name, name.hashCode() & 0xffffffffL, active, screen, ONE, false);
  }

  private ScriptedRooms.Player watch(@Nullable String pinned, int sounds, int pictures) {
    RecordingListener listener = new RecordingListener();
    CompletableFuture<EgressEndpoint> opening =
        rooms.bridge.openEgress(
            new EgressRequest(
                new RoomName("standup"),
                Optional.ofNullable(pinned).map(StreamName::new),
                ScenarioMedia.player(sounds, pictures),
                Optional.of(new FakePeer(rooms.host).transport())),
            listener);
    rooms.threads.run();
    FakeAudience audience = audience();
    audience.letIn();
    audience.admissions().forEach(each -> each.answer().complete(null));
    return rooms.player(opening, listener);
  }

  private FakeAudience audience() {
    return meetings.audiences().get(0);
  }

  private void pass() {
    rooms.threads.pass(SECOND.multipliedBy(2));
  }

  private void speak(String id) {
    meeting.speak(id);
    pass();
  }

  private RoomSnapshot room() {
    return rooms.bridge.room(new RoomName("standup")).orElseThrow();
  }

  private Optional<String> stage() {
    return room().stage().map(StreamName::value);
  }

  /** What each section of sound is about to play. */
  private static List<String> sounds(ScriptedRooms.Player player) {
    return player.link().targets().stream().filter(name -> name.contains("-a")).toList();
  }

  @Test
  void a_screen_takes_the_stage_and_the_speaker_is_heard() {
    join(ALICE);
    join(BOB);
    ScriptedRooms.Player player = watch(null, 1, 1);
    speak(ALICE);
    assertThat(player.wanted()).containsExactly(ALICE + "-v0");

    join(BOB, video(BOB + "-v1", true, true));
    pass();
    assertThat(player.wanted()).containsExactly(BOB + "-v1");
    assertThat(sounds(player)).containsExactly(ALICE + "-a0");
    assertThat(stage()).contains(BOB);

    join(BOB, video(BOB + "-v1", false, true));
    pass();
    assertThat(player.wanted()).containsExactly(ALICE + "-v0");
  }

  @Test
  void the_newest_screen_is_seen_and_then_the_one_before_it() {
    join(ALICE, video(ALICE + "-v1", true, true));
    join(BOB);
    ScriptedRooms.Player player = watch(null, 1, 1);
    pass();
    assertThat(player.wanted()).containsExactly(ALICE + "-v1");
    join(BOB, video(BOB + "-v1", true, true));
    pass();
    assertThat(player.wanted()).containsExactly(BOB + "-v1");
    join(BOB);
    pass();
    assertThat(player.wanted()).containsExactly(ALICE + "-v1");
  }

  @Test
  void a_camera_that_becomes_a_screen_takes_the_stage() {
    join(ALICE);
    join(BOB);
    ScriptedRooms.Player player = watch(null, 1, 1);
    speak(ALICE);
    meeting.join(new Participant(BOB, List.of(audio(BOB, true), video(BOB + "-v0", true, true))));
    pass();
    assertThat(player.wanted()).containsExactly(BOB + "-v0");
  }

  @Test
  void a_publisher_whose_stream_is_a_screen_takes_the_stage() {
    join(ALICE);
    ScriptedRooms.Player player = watch(null, 1, 1);
    CompletableFuture<IngestEndpoint> opening =
        rooms.bridge.openIngest(
            rooms.ingest("standup", "slides", ScenarioMedia.video(2001)), new RecordingListener());
    rooms.threads.run();
    assertThat(meetings.joinings().get(0).newcomer().screen()).isTrue();
    meetings.joinings().get(0).invite("standup@muc", BOB);
    new FakePeer(rooms.host).connect(rooms.opened(opening).localTransport());
    rooms.threads.pass(SECOND);

    RtpStream slides = new RtpStream(2001, 900, 1, "");
    for (int i = 0; i < 50; i++) {
      rooms.host.endpoint(BOB).ingest().receive(slides.frame(i == 0));
      rooms.threads.pass(Duration.ofMillis(20));
      meeting.speak(ALICE);
    }
    assertThat(player.wanted()).contains(BOB + "-v0");
    assertThat(stage()).contains("slides");
  }

  @Test
  void who_speaks_without_a_picture_is_heard_and_who_was_seen_goes_on() {
    join(ALICE);
    join(BOB);
    meeting.join(new Participant(CAROL, List.of(audio(CAROL, true))));
    ScriptedRooms.Player player = watch(null, 1, 1);
    speak(BOB);
    speak(CAROL);
    assertThat(player.wanted()).containsExactly(BOB + "-v0");
    assertThat(sounds(player)).containsExactly(CAROL + "-a0");
    assertThat(stage()).contains(BOB);
    assertThat(room().heard().map(StreamName::value)).contains(CAROL);
  }

  @Test
  void those_who_spoke_last_are_heard_each_in_its_section() {
    join(ALICE);
    join(BOB);
    join(CAROL);
    join(DAVE);
    ScriptedRooms.Player player = watch(null, 2, 1);
    speak(ALICE);
    speak(BOB);
    assertThat(sounds(player)).containsExactlyInAnyOrder(ALICE + "-a0", BOB + "-a0");
    int alices = sounds(player).indexOf(ALICE + "-a0");

    speak(ALICE);
    assertThat(sounds(player).get(alices)).isEqualTo(ALICE + "-a0");
    speak(CAROL);
    assertThat(sounds(player).get(alices)).isEqualTo(ALICE + "-a0");
    assertThat(sounds(player).get(1 - alices)).isEqualTo(CAROL + "-a0");
    assertThat(player.link().heard()).contains(ALICE + "-a0", CAROL + "-a0");
  }

  @Test
  void who_is_muted_makes_room_for_somebody_who_is_not() {
    join(ALICE);
    join(BOB);
    speak(BOB);
    speak(ALICE);
    ScriptedRooms.Player player = watch(null, 1, 1);
    pass();
    assertThat(sounds(player)).containsExactly(ALICE + "-a0");

    meeting.join(
        new Participant(ALICE, List.of(audio(ALICE, false), video(ALICE + "-v0", true, false))));
    pass();
    assertThat(sounds(player)).containsExactly(BOB + "-a0");
    assertThat(player.wanted()).containsExactly(ALICE + "-v0");
  }

  @Test
  void who_is_pinned_by_name_is_found_again_under_another_id() {
    join(ALICE);
    join(BOB);
    ScriptedRooms.Player player = watch("alice-smith", 1, 1);
    assertThat(player.wanted()).isEmpty();

    audience().meet(Map.of(ALICE, "Alice Smith", BOB, "Bob"));
    pass();
    assertThat(player.wanted()).containsExactly(ALICE + "-v0");
    assertThat(sounds(player)).containsExactly(ALICE + "-a0");

    meeting.leave(ALICE);
    audience().meet(Map.of(BOB, "Bob"));
    pass();
    assertThat(player.wanted()).doesNotContain(BOB + "-v0");
    assertThat(player.listener.calls()).containsExactly("connected");

    join(CAROL);
    audience().meet(Map.of(BOB, "Bob", CAROL, "Alice Smith"));
    pass();
    assertThat(player.wanted()).containsExactly(CAROL + "-v0");
    assertThat(room().watched(Optional.of(new StreamName("alice-smith"))))
        .map(StreamSnapshot::name)
        .contains(new StreamName(CAROL));
  }

  @Test
  void a_source_that_is_pinned_is_seen_alone() {
    join(ALICE, video(ALICE + "-v1", true, true));
    join(BOB);
    ScriptedRooms.Player camera = watch(ALICE + "-v0", 1, 2);
    speak(BOB);
    assertThat(camera.wanted()).containsExactly(ALICE + "-v0");
    assertThat(sounds(camera)).containsExactly(ALICE + "-a0");
  }

  @Test
  void names_are_told_with_the_streams() {
    join(ALICE);
    watch(null, 1, 1);
    audience().meet(Map.of(ALICE, "Alice"));
    pass();
    assertThat(room().streams())
        .extracting(StreamSnapshot::displayName)
        .containsExactly(Optional.of("Alice"));
  }

  @Test
  void the_encodings_of_a_participant_are_told_and_can_be_chosen() throws Exception {
    meeting.join(
        new Participant(
            ALICE,
            List.of(
                new Source(
                    MediaKind.VIDEO,
                    ALICE + "-v0",
                    7,
                    true,
                    false,
                    List.of(
                        new Layer(0, 0, 180, true, 150_000),
                        new Layer(1, 0, 360, true, 500_000),
                        new Layer(2, 0, 720, false, 0)),
                    false))));
    ScriptedRooms.Player player = watch(null, 1, 1);
    pass();
    List<LayerInfo> layers = room().streams().get(0).layers();
    assertThat(layers).extracting(LayerInfo::bitrate).containsExactly(0L, 500_000L, 150_000L);
    assertThat(layers)
        .extracting(LayerInfo::height)
        .containsExactly(OptionalInt.of(720), OptionalInt.of(360), OptionalInt.of(180));
    assertThat(layers)
        .extracting(LayerInfo::spatialLayerId)
        .containsExactly(OptionalInt.of(2), OptionalInt.of(1), OptionalInt.of(0));

    OptionalInt none = OptionalInt.empty();
    player.endpoint.selectLayer(
        "1", new LayerSelection(Optional.empty(), OptionalInt.of(0), none, none, none, none, none));
    pass();
    List<List<EgressLink.Video>> asked = player.link().asked();
    assertThat(asked.get(asked.size() - 1))
        .containsExactly(new EgressLink.Video(ALICE + "-v0", 180));
  }
}
