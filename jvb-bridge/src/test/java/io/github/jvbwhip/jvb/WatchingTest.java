package io.github.jvbwhip.jvb;

import static io.github.jvbwhip.jvb.ScriptedRooms.SECOND;
import static io.github.jvbwhip.jvb.scenario.ScenarioMedia.video;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.jvbwhip.core.bridge.BridgeException;
import io.github.jvbwhip.core.bridge.BridgeException.Reason;
import io.github.jvbwhip.core.bridge.EgressEndpoint;
import io.github.jvbwhip.core.bridge.EgressRequest;
import io.github.jvbwhip.core.bridge.EndReason;
import io.github.jvbwhip.core.bridge.IngestEndpoint;
import io.github.jvbwhip.core.bridge.RecordingListener;
import io.github.jvbwhip.core.bridge.RoomName;
import io.github.jvbwhip.jvb.fake.FakeConference;
import io.github.jvbwhip.jvb.fake.FakeMeetings;
import io.github.jvbwhip.jvb.fake.FakeMeetings.FakeAudience;
import io.github.jvbwhip.jvb.host.EgressLink;
import io.github.jvbwhip.jvb.host.Participant;
import io.github.jvbwhip.jvb.room.StageRule;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Players in meetings: no one without an audience that the people see. */
class WatchingTest {
  private static final String ALICE = "11111111";

  private final FakeMeetings meetings = new FakeMeetings();
  private final ScriptedRooms rooms =
      new ScriptedRooms(meetings, new Watching(true, StageRule.SPEAKER));
  private FakeConference meeting;

  /** A player that is being opened, and what becomes of it. */
  private record Watcher(CompletableFuture<EgressEndpoint> opening, RecordingListener listener) {}

  @BeforeEach
  void meet() {
    meeting = rooms.host.meeting("standup@muc");
    meeting.join(FakeConference.sender(ALICE));
  }

  private Watcher watch(@Nullable String token) {
    return watch("Standup", token);
  }

  private Watcher watch(String room, @Nullable String token) {
    RecordingListener listener = new RecordingListener();
    Watcher watcher =
        new Watcher(rooms.bridge.openEgress(rooms.egress(room, null, token), listener), listener);
    rooms.threads.run();
    return watcher;
  }

  private FakeAudience audience() {
    return meetings.audiences().get(meetings.audiences().size() - 1);
  }

  private void letIn() {
    audience().letIn();
    rooms.threads.run();
  }

  private ScriptedRooms.Player player(Watcher watcher) {
    return rooms.player(watcher.opening(), watcher.listener());
  }

  private ScriptedRooms.Player watching() {
    Watcher watcher = watch(null);
    letIn();
    return player(watcher);
  }

  private static void assertRefused(Watcher watcher, Reason reason) {
    assertThat(watcher.opening()).isCompletedExceptionally();
    assertThatThrownBy(watcher.opening()::get)
        .cause()
        .isInstanceOfSatisfying(
            BridgeException.class, e -> assertThat(e.reason()).isEqualTo(reason));
  }

  @Test
  void the_first_player_waits_until_the_audience_is_in_the_room() {
    Watcher watcher = watch("secret");
    assertThat(audience().conference()).isEqualTo("standup@muc");
    assertThat(audience().token()).contains("secret");
    assertThat(watcher.opening()).isNotDone();
    assertThat(meeting.endpoints()).isEmpty();

    letIn();
    ScriptedRooms.Player player = player(watcher);
    assertThat(player.fake.plan().visitor()).isTrue();
    assertThat(player.wanted()).containsExactly(ALICE + "-v0");
    assertThat(rooms.host.conferences()).containsExactly(meeting);
    assertThat(audience().admissions()).isEmpty();
  }

  @Test
  void those_who_come_meanwhile_wait_for_the_same_audience_and_are_asked_for_in_the_room() {
    Watcher first = watch("one");
    Watcher second = watch("two");
    assertThat(meetings.audiences()).hasSize(1);
    letIn();
    assertThat(first.opening()).isCompleted();
    assertThat(second.opening()).isNotDone();
    assertThat(audience().admissions().get(0).token()).contains("two");
    audience().admissions().get(0).answer().complete(null);
    assertThat(player(second).listener.calls()).containsExactly("connected");

    Watcher third = watch("three");
    audience()
        .admissions()
        .get(1)
        .answer()
        .completeExceptionally(new BridgeException(Reason.FORBIDDEN, "another room's token"));
    rooms.threads.run();
    assertRefused(third, Reason.FORBIDDEN);
    assertThat(meeting.endpoints()).hasSize(2);
  }

  @Test
  void where_the_audience_is_not_let_in_nobody_is_who_signed_in_alike() {
    Watcher first = watch("one");
    Watcher same = watch("one");
    Watcher other = watch("two");
    audience().refuse(new BridgeException(Reason.FORBIDDEN, "lobby"));
    rooms.threads.run();
    assertRefused(first, Reason.FORBIDDEN);
    assertRefused(same, Reason.FORBIDDEN);
    assertThat(other.opening()).isNotDone();
    assertThat(audience().token()).contains("two");
    letIn();
    assertThat(other.opening()).isCompleted();
  }

  @Test
  void who_comes_just_after_all_others_gave_up_is_not_refused_with_them() {
    Watcher first = watch(null);
    first.opening().cancel(false);
    Watcher next = watch(null);
    assertThat(audience().isGivenUp()).isFalse();
    assertThat(meetings.audiences()).hasSize(2);
    letIn();
    assertThat(player(next).listener.calls()).containsExactly("connected");
  }

  @Test
  void where_the_server_does_not_answer_nobody_waits_for_it_again() {
    Watcher first = watch("one");
    Watcher other = watch("two");
    audience().refuse(new BridgeException(Reason.OVERLOADED, "no answer"));
    rooms.threads.run();
    assertRefused(first, Reason.OVERLOADED);
    assertRefused(other, Reason.OVERLOADED);
    assertThat(meetings.audiences()).hasSize(1);
  }

  @Test
  void who_waits_for_another_and_then_for_itself_does_not_wait_twice_as_long() {
    Watcher first = watch("one");
    Watcher other = watch("two");
    rooms.threads.pass(SECOND.multipliedBy(5));
    letIn();
    assertThat(first.opening()).isCompleted();
    assertThat(audience().admissions()).hasSize(1);
    assertThat(other.opening()).isNotDone();
    rooms.threads.pass(SECOND.multipliedBy(2));
    assertRefused(other, Reason.OVERLOADED);
    assertThat(audience().isLeft()).isFalse();
  }

  @Test
  void an_audience_that_nobody_waits_for_any_more_does_not_join() {
    Watcher first = watch(null);
    Watcher second = watch(null);
    first.opening().cancel(false);
    rooms.threads.run();
    assertThat(audience().isGivenUp()).isFalse();
    second.opening().cancel(false);
    rooms.threads.run();
    assertThat(audience().isGivenUp()).isTrue();
    assertThat(meeting.endpoints()).isEmpty();

    watching();
    assertThat(meetings.audiences()).hasSize(2);
  }

  @Test
  void the_people_are_told_how_many_watch_and_the_audience_leaves_with_the_last() {
    ScriptedRooms.Player one = watching();
    Watcher watcher = watch(null);
    audience().admissions().get(0).answer().complete(null);
    ScriptedRooms.Player two = player(watcher);
    assertThat(audience().counts()).containsExactly(1, 2);

    one.endpoint.close();
    rooms.threads.pass(SECOND);
    assertThat(audience().counts()).containsExactly(1, 2, 1);
    assertThat(audience().isLeft()).isFalse();
    two.endpoint.close();
    rooms.threads.pass(SECOND);
    assertThat(audience().isLeft()).isTrue();

    watching();
    assertThat(meetings.audiences()).hasSize(2);
  }

  @Test
  void an_audience_leaves_where_its_only_player_is_refused_by_the_bridge() {
    Watcher watcher = watch(null);
    meeting.refuse(new BridgeException(Reason.REFUSED, "no"));
    letIn();
    rooms.threads.run();
    assertRefused(watcher, Reason.REFUSED);
    assertThat(audience().isLeft()).isTrue();
  }

  @Test
  void players_end_with_their_audience_and_may_come_again() {
    ScriptedRooms.Player player = watching();
    audience().listener().ended(EndReason.INTERNAL, "connection lost");
    rooms.threads.run();
    assertThat(player.listener.calls()).containsExactly("connected", "ended INTERNAL");
    assertThat(meeting.endpoints()).isEmpty();
    assertThat(watching().listener.calls()).containsExactly("connected");
  }

  /** The bridge would send the lower ones with keyframes only. */
  @ParameterizedTest
  @CsvSource({"true, 180", "false, -1"})
  void spatial_layers_that_a_player_cannot_tell_apart_are_not_asked_for(
      boolean described, int height) {
    List<Participant.Layer> layers =
        List.of(
            new Participant.Layer(0, 0, 180, true, 100_000),
            new Participant.Layer(0, 1, 360, true, 300_000),
            new Participant.Layer(0, 2, 720, true, 900_000));
    meeting.join(FakeConference.sender(ALICE, layers, described));
    ScriptedRooms.Player player = watching();
    rooms.threads.pass(SECOND);

    List<List<EgressLink.Video>> asked = player.link().asked();
    assertThat(asked.get(asked.size() - 1))
        .containsExactly(new EgressLink.Video(ALICE + "-v0", height));
  }

  @Test
  void nobody_watches_a_meeting_that_has_thrown_the_audience_out() {
    ScriptedRooms.Player player = watching();
    audience().listener().removed("kicked");
    rooms.threads.pass(SECOND.multipliedBy(5));
    assertThat(player.listener.calls()).containsExactly("connected", "ended EXPIRED");
    assertRefused(watch(null), Reason.FORBIDDEN);
    assertThat(meetings.audiences()).hasSize(1);

    meeting.end();
    meet();
    assertThat(watching().listener.calls()).containsExactly("connected");
  }

  @Test
  void nor_by_another_spelling_of_its_name() {
    watching();
    audience().listener().removed("kicked");
    rooms.threads.pass(SECOND.multipliedBy(5));
    assertRefused(watch("STANDUP", null), Reason.FORBIDDEN);
    assertThat(meetings.audiences()).hasSize(1);
  }

  /** A breakout room has two; all audiences of a meeting end with the one that is removed. */
  @Test
  void nor_by_another_name_of_the_same_meeting() {
    FakeConference breakout = rooms.host.meeting("uuid@breakout");
    breakout.join(FakeConference.sender(ALICE));
    meetings.name("standup~~cafe", "uuid@breakout");
    meetings.name("standup~~uuid", "uuid@breakout");
    Watcher one = watch("standup~~cafe", null);
    letIn();
    assertThat(player(one).wanted()).containsExactly(ALICE + "-v0");
    FakeAudience first = audience();
    Watcher two = watch("standup~~uuid", null);
    letIn();
    assertThat(player(two).wanted()).containsExactly(ALICE + "-v0");

    first.listener().removed("kicked");
    rooms.threads.pass(SECOND);
    assertThat(one.listener().calls()).containsExactly("connected", "ended EXPIRED");
    assertThat(two.listener().calls()).containsExactly("connected", "ended EXPIRED");
    assertThat(audience().isLeft()).isTrue();
    rooms.threads.pass(SECOND.multipliedBy(5));
    assertRefused(watch("standup~~cafe", null), Reason.FORBIDDEN);
    assertRefused(watch("standup~~uuid", null), Reason.FORBIDDEN);
    assertThat(meetings.audiences()).hasSize(2);
  }

  @Test
  void an_audience_that_is_thrown_out_while_it_joins_is_not_followed_by_another() {
    Watcher first = watch("one");
    Watcher second = watch("two");
    audience().listener().removed("kicked");
    audience().refuse(new BridgeException(Reason.FORBIDDEN, "kicked"));
    rooms.threads.run();
    assertRefused(first, Reason.FORBIDDEN);
    assertRefused(second, Reason.FORBIDDEN);
    rooms.threads.pass(SECOND.multipliedBy(5));
    assertRefused(watch("three"), Reason.FORBIDDEN);
    assertThat(meetings.audiences()).hasSize(1);
  }

  @Test
  void a_meeting_whose_name_becomes_known_later_has_an_audience_too() {
    Watcher early = watch("standup~~cafe", "early");
    assertThat(early.opening()).isCompleted();
    FakeConference breakout = rooms.host.meeting("uuid@breakout");
    breakout.join(FakeConference.sender(ALICE));
    meetings.name("standup~~cafe", "uuid@breakout");

    Watcher watcher = watch("standup~~cafe", "secret");
    assertThat(early.listener().calls()).containsExactly("ended EXPIRED");
    assertThat(watcher.opening()).isNotDone();
    assertThat(breakout.endpoints()).isEmpty();
    assertThat(audience().conference()).isEqualTo("uuid@breakout");
    assertThat(audience().token()).contains("secret");
    letIn();
    assertThat(player(watcher).wanted()).containsExactly(ALICE + "-v0");
  }

  @Test
  void who_waits_in_the_room_hears_nothing_of_a_meeting_that_it_was_not_let_into() {
    Watcher early = watch("daily", "early");
    List<String> heard = new ArrayList<>();
    rooms.bridge.observe(
        new RoomName("daily"),
        told -> {
          if (!early.listener().calls().contains("ended EXPIRED")) {
            told.streams().forEach(stream -> heard.add(stream.name().value()));
          }
        });
    rooms.host.meeting("daily@muc").join(FakeConference.sender(ALICE));
    watch("daily", "secret");
    letIn();
    assertThat(early.listener().calls()).containsExactly("ended EXPIRED");
    assertThat(heard).isEmpty();
  }

  @Test
  void a_meeting_that_a_publisher_begins_is_not_told_before_anybody_watches_it() {
    Watcher early = watch("daily", "early");
    List<String> told = tellStreams(rooms, "daily");
    publishInto(rooms, meetings, "daily");
    assertThat(early.listener().calls()).containsExactly("ended EXPIRED");
    assertThat(told).isEmpty();

    Watcher admitted = watch("daily", "secret");
    letIn();
    assertThat(admitted.opening()).isCompleted();
    assertThat(told).contains(ALICE, "obs");
  }

  @Test
  void where_meetings_are_not_watched_nobody_is_told_of_them() {
    FakeMeetings others = new FakeMeetings();
    ScriptedRooms closed = new ScriptedRooms(others, Watching.CLOSED);
    closed.opened(
        closed.bridge.openEgress(closed.egress("daily", null, null), new RecordingListener()));
    List<String> told = tellStreams(closed, "daily");
    publishInto(closed, others, "daily");
    closed.threads.pass(SECOND);
    assertThat(told).isEmpty();
    assertThat(closed.bridge.room(new RoomName("daily"))).isEmpty();
  }

  private static List<String> tellStreams(ScriptedRooms rooms, String room) {
    List<String> told = new ArrayList<>();
    rooms.bridge.observe(
        new RoomName(room),
        snapshot -> snapshot.streams().forEach(stream -> told.add(stream.name().value())));
    return told;
  }

  private static void publishInto(ScriptedRooms rooms, FakeMeetings meetings, String room) {
    rooms.host.meeting(room + "@muc").join(FakeConference.sender(ALICE));
    CompletableFuture<IngestEndpoint> publisher =
        rooms.bridge.openIngest(rooms.ingest(room, "obs", video(2001)), new RecordingListener());
    rooms.threads.run();
    meetings.joinings().get(0).invite(room + "@muc", "0badcafe");
    rooms.threads.run();
    assertThat(publisher).isCompleted();
  }

  @Test
  void an_audience_that_is_thrown_out_at_once_lets_nobody_in() {
    Watcher watcher = watch(null);
    audience().listener().removed("kicked");
    letIn();
    assertRefused(watcher, Reason.ENDED);
    assertThat(meeting.endpoints()).isEmpty();
    assertRefused(watch(null), Reason.FORBIDDEN);
  }

  @Test
  void whoever_is_allocated_while_the_audience_ends_ends_too() {
    Watcher watcher = watch(null);
    rooms.host.whileAllocating(
        conference -> audience().listener().ended(EndReason.EXPIRED, "over"));
    letIn();
    assertThat(watcher.opening()).isCompleted();
    rooms.threads.run();
    assertThat(watcher.listener().calls()).containsExactly("ended EXPIRED");
    assertThat(meeting.endpoints()).isEmpty();
  }

  @Test
  void the_audience_is_no_stream_and_keeps_no_meeting() {
    ScriptedRooms.Player player = watching();
    meeting.join(FakeConference.sender("a0d1e9ce"));
    rooms.threads.pass(SECOND);
    assertThat(rooms.bridge.room(new RoomName("Standup")).orElseThrow().streams())
        .extracting(stream -> stream.name().value())
        .containsExactly(ALICE);

    meeting.leave(ALICE);
    rooms.threads.pass(SECOND);
    assertThat(player.listener.calls()).containsExactly("connected", "ended EXPIRED");
    assertThat(audience().isLeft()).isTrue();
  }

  @Test
  void a_room_is_its_meeting_alone_by_its_whole_name() {
    rooms.host.openForeign();
    FakeConference other = rooms.host.meeting("daily@elsewhere");
    other.join(FakeConference.sender(ALICE));
    FakeConference local = rooms.host.meeting("daily");
    local.join(FakeConference.sender(ALICE));

    ScriptedRooms.Player player = rooms.player("daily");
    rooms.threads.pass(SECOND.multipliedBy(2));
    assertThat(player.listener.calls()).containsExactly("connected");
    assertThat(other.endpoints()).isEmpty();
    assertThat(local.endpoints()).isEmpty();
    assertThat(meetings.audiences()).isEmpty();
  }

  @Test
  void players_that_wait_are_sent_into_the_meeting_that_begins() {
    ScriptedRooms.Player early = rooms.player("daily");
    FakeConference daily = rooms.host.meeting("daily@muc");
    daily.join(FakeConference.sender(ALICE));
    rooms.threads.pass(SECOND.multipliedBy(2));
    assertThat(early.listener.calls()).containsExactly("connected", "ended EXPIRED");

    EgressRequest again = rooms.egress("daily");
    RecordingListener listener = new RecordingListener();
    CompletableFuture<EgressEndpoint> opening = rooms.bridge.openEgress(again, listener);
    rooms.threads.run();
    letIn();
    assertThat(rooms.player(opening, listener).wanted()).containsExactly(ALICE + "-v0");
    assertThat(daily.endpoints()).hasSize(1);
  }

  @Test
  void a_meeting_that_begins_while_a_player_is_allocated_is_not_entered_unseen() {
    FakeConference[] daily = new FakeConference[1];
    rooms.host.whileAllocating(
        conference -> {
          rooms.host.whileAllocating(next -> {});
          daily[0] = rooms.host.meeting("daily@muc");
          daily[0].join(FakeConference.sender(ALICE));
          conference.endInAllocation();
        });
    CompletableFuture<EgressEndpoint> opening =
        rooms.bridge.openEgress(rooms.egress("daily"), new RecordingListener());
    rooms.threads.run();
    assertThatThrownBy(opening::get)
        .cause()
        .isInstanceOfSatisfying(
            BridgeException.class,
            e -> {
              assertThat(e.reason()).isEqualTo(Reason.OVERLOADED);
              assertThat(e.retryAfter()).isPresent();
            });
    assertThat(daily[0].endpoints()).isEmpty();
  }

  @Test
  void players_stay_when_a_publisher_joins_their_meeting() {
    ScriptedRooms.Player player = watching();
    CompletableFuture<?> publisher =
        rooms.bridge.openIngest(
            rooms.ingest("Standup", "obs", video(2001)), new RecordingListener());
    rooms.threads.run();
    meetings.joinings().get(0).invite("standup@muc", "0badcafe");
    rooms.threads.pass(SECOND.multipliedBy(2));
    assertThat(publisher).isCompleted();
    assertThat(player.listener.calls()).containsExactly("connected");
    assertThat(meetings.audiences()).hasSize(1);
  }
}
