package io.github.jvbwhip.jvb;

import static io.github.jvbwhip.jvb.ScriptedRooms.SECOND;
import static io.github.jvbwhip.jvb.scenario.ScenarioMedia.simulcast;
import static io.github.jvbwhip.jvb.scenario.ScenarioMedia.video;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.jvbwhip.core.bridge.BridgeException;
import io.github.jvbwhip.core.bridge.BridgeException.Reason;
import io.github.jvbwhip.core.bridge.Codec;
import io.github.jvbwhip.core.bridge.EndReason;
import io.github.jvbwhip.core.bridge.IngestEndpoint;
import io.github.jvbwhip.core.bridge.IngestMedia;
import io.github.jvbwhip.core.bridge.MediaKind;
import io.github.jvbwhip.core.bridge.NegotiatedCodec;
import io.github.jvbwhip.core.bridge.RecordingListener;
import io.github.jvbwhip.core.codec.CodecType;
import io.github.jvbwhip.jvb.fake.FakeConference;
import io.github.jvbwhip.jvb.fake.FakeMeetings;
import io.github.jvbwhip.jvb.fake.FakeMeetings.Invited;
import io.github.jvbwhip.jvb.fake.FakeMeetings.Joining;
import io.github.jvbwhip.jvb.fake.FakePeer;
import io.github.jvbwhip.jvb.host.HostEndpoint;
import io.github.jvbwhip.jvb.media.ConferenceNumbers;
import io.github.jvbwhip.jvb.scenario.RtpStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Publishers that are participants of rooms which somebody else manages. */
class MeetingTest {
  private static final String ID = "0badcafe";

  private final FakeMeetings meetings = new FakeMeetings();
  private final ScriptedRooms rooms = new ScriptedRooms(meetings);
  private final RecordingListener listener = new RecordingListener();
  private FakeConference meeting;

  @BeforeEach
  void meet() {
    meetings.name("standup", "standup");
    meeting = rooms.host.meeting("standup");
    meeting.join(FakeConference.sender("11111111"));
  }

  private CompletableFuture<IngestEndpoint> publish() {
    return publish("standup");
  }

  private CompletableFuture<IngestEndpoint> publish(String room) {
    CompletableFuture<IngestEndpoint> opening =
        rooms.bridge.openIngest(rooms.ingest(room, "obs", video(2001)), listener);
    rooms.threads.run();
    return opening;
  }

  private Joining joining() {
    return meetings.joinings().get(meetings.joinings().size() - 1);
  }

  private Invited invite() {
    Invited invited = joining().invite("standup", ID);
    rooms.threads.run();
    return invited;
  }

  private static void assertRefused(CompletableFuture<?> opening, Reason reason) {
    assertThat(opening).isCompletedExceptionally();
    assertThatThrownBy(opening::get)
        .cause()
        .isInstanceOfSatisfying(
            BridgeException.class, e -> assertThat(e.reason()).isEqualTo(reason));
  }

  @Test
  void a_publisher_takes_over_the_endpoint_that_it_is_invited_to() {
    CompletableFuture<IngestEndpoint> opening = publish();
    assertThat(opening).isNotDone();
    assertThat(joining().newcomer().stream().value()).isEqualTo("obs");

    Invited invited = invite();
    IngestEndpoint endpoint = opening.join();
    assertThat(endpoint.id()).isEqualTo(ID);
    assertThat(endpoint.localTransport().credentials().ufrag()).isEqualTo("meet" + ID);
    assertThat(invited.isAccepted()).isTrue();
    assertThat(invited.told()).containsExactly(List.of(ID + "-v0"));
    assertThat(meeting.endpoints()).hasSize(1);
    assertThat(rooms.host.conferences()).containsExactly(meeting);
  }

  @Test
  void a_publisher_answers_with_the_codecs_of_the_room() {
    IngestMedia video = video(2001);
    CompletableFuture<IngestEndpoint> opening =
        publishIntoVp8(video.withCodecs(List.of(h265(), video.codecs().get(0))));
    assertThat(opening.join().media()).containsExactly(video);
  }

  @Test
  void a_publisher_that_has_no_codec_of_the_room_leaves() {
    CompletableFuture<IngestEndpoint> opening =
        publishIntoVp8(video(2001).withCodecs(List.of(h265())));
    assertRefused(opening, Reason.NO_COMMON_CODEC);
    assertThat(joining().invitation().isAccepted()).isFalse();
    assertThat(joining().invitation().isLeft()).isTrue();
  }

  private CompletableFuture<IngestEndpoint> publishIntoVp8(IngestMedia media) {
    CompletableFuture<IngestEndpoint> opening =
        rooms.bridge.openIngest(rooms.ingest("standup", "obs", media), listener);
    rooms.threads.run();
    joining()
        .invite("standup", ID)
        .numbering(new ConferenceNumbers(Map.of(CodecType.VP8, 100), Map.of()));
    rooms.threads.run();
    return opening;
  }

  private static NegotiatedCodec h265() {
    return new NegotiatedCodec(
        98, new Codec(MediaKind.VIDEO, "H265", 90_000, 1, Map.of()), OptionalInt.empty(), Set.of());
  }

  @Test
  void who_closes_leaves() {
    CompletableFuture<IngestEndpoint> opening = publish();
    Invited invited = invite();
    opening.join().close();
    rooms.threads.pass(SECOND);
    assertThat(invited.isLeft()).isTrue();
    assertThat(meeting.endpoints()).isEmpty();
    assertThat(listener.calls()).isEmpty();
  }

  @Test
  void who_comes_back_has_its_own_place() {
    CompletableFuture<IngestEndpoint> opening = publish();
    Invited before = invite();
    IngestEndpoint first = opening.join();
    first.giveWay();
    CompletableFuture<IngestEndpoint> again = publish();
    assertThat(before.hasGivenWay()).isTrue();
    assertThat(before.isLeft()).isFalse();

    Invited invited = invite();
    assertThat(again.join().id()).isEqualTo(ID);
    assertThat(invited.isAccepted()).isTrue();
    first.close();
    rooms.threads.pass(SECOND);
    assertThat(before.isLeft()).isFalse();
    assertThat(invited.isLeft()).isFalse();
    assertThat(rooms.host.conferences().get(0).endpoints()).hasSize(1);
    assertThat(listener.calls()).isEmpty();
    again.join().close();
    rooms.threads.pass(SECOND);
    assertThat(invited.isLeft()).isTrue();
  }

  /** What is to be said to the one before must not wait until the next one has joined. */
  @Test
  void who_comes_back_while_the_farewell_waits_has_its_own_place() {
    CompletableFuture<IngestEndpoint> opening = publish();
    Invited before = invite();
    rooms.host.endpoint(ID).setTransport(HostEndpoint.Transport.ICE_CONNECTED);
    opening.join().giveWay();
    rooms.threads.run();
    assertThat(before.hasGivenWay()).isFalse();
    publish();
    assertThat(before.hasGivenWay()).isTrue();
    assertThat(meetings.joinings()).hasSize(2);
  }

  @Test
  void who_is_thrown_out_ends() {
    CompletableFuture<IngestEndpoint> opening = publish();
    Invited invited = invite();
    assertThat(opening).isCompleted();
    joining().listener().ended(EndReason.EXPIRED, "kicked");
    rooms.threads.pass(SECOND);
    assertThat(listener.calls()).containsExactly("ended EXPIRED");
    assertThat(invited.isLeft()).isTrue();
    assertThat(meeting.endpoints()).isEmpty();
  }

  @Test
  void who_was_thrown_out_stays_out_until_the_meeting_is_over() {
    publish();
    invite();
    joining().listener().removed("standup", "kicked");
    rooms.threads.pass(SECOND.multipliedBy(3));
    assertThat(listener.calls()).containsExactly("ended EXPIRED");
    assertRefused(publish(), Reason.FORBIDDEN);
    assertThat(meetings.joinings()).hasSize(1);

    meeting.end();
    rooms.threads.pass(SECOND.multipliedBy(3));
    assertThat(publish()).isNotDone();
    assertThat(meetings.joinings()).hasSize(2);
  }

  /** A breakout room has two. */
  @Test
  void nor_is_it_let_in_by_another_name_of_the_same_meeting() {
    meetings.name("standup~~cafe", "uuid@breakout");
    meetings.name("standup~~uuid", "uuid@breakout");
    rooms.host.meeting("uuid@breakout");
    publish("standup~~cafe");
    joining().invite("uuid@breakout", ID);
    rooms.threads.run();
    joining().listener().removed("uuid@breakout", "kicked");
    rooms.threads.pass(SECOND.multipliedBy(3));
    assertRefused(publish("standup~~uuid"), Reason.FORBIDDEN);
    assertThat(meetings.joinings()).hasSize(1);
    assertThat(publish("standup")).isNotDone();
  }

  /** While nobody is in a breakout room, its name is not known before one has looked for it. */
  @Test
  void who_was_thrown_out_by_another_name_is_not_welcome_once_the_meeting_is_known() {
    meetings.name("standup~~uuid", "uuid@breakout");
    rooms.host.meeting("uuid@breakout");
    publish("standup~~uuid");
    joining().invite("uuid@breakout", ID);
    rooms.threads.run();
    joining().listener().removed("uuid@breakout", "kicked");
    rooms.threads.pass(SECOND.multipliedBy(3));
    assertThat(publish("standup~~cafe")).isNotDone();
    assertThat(joining().listener().isWelcome("uuid@breakout")).isFalse();
    assertThat(joining().listener().isWelcome("other@breakout")).isTrue();
  }

  @Test
  void a_breakout_room_is_remembered_when_its_name_is_known_no_more() {
    meetings.name("standup~~cafe", "uuid@breakout");
    rooms.host.meeting("uuid@breakout");
    publish("standup~~cafe");
    joining().invite("uuid@breakout", ID);
    rooms.threads.run();
    joining().listener().removed("uuid@breakout", "kicked");
    meetings.forgetName("standup~~cafe");
    rooms.threads.pass(SECOND.multipliedBy(3));
    assertRefused(publish("standup~~cafe"), Reason.FORBIDDEN);
  }

  @Test
  void who_is_thrown_out_before_it_is_invited_stays_out_too() {
    CompletableFuture<IngestEndpoint> opening = publish();
    joining().listener().removed("standup", "kicked");
    joining().refuse(new BridgeException(Reason.FORBIDDEN, "kicked"));
    rooms.threads.pass(SECOND.multipliedBy(3));
    assertRefused(opening, Reason.FORBIDDEN);
    assertRefused(publish(), Reason.FORBIDDEN);
    assertThat(meetings.joinings()).hasSize(1);
  }

  @Test
  void who_is_thrown_out_before_it_is_there_is_refused() {
    CompletableFuture<IngestEndpoint> opening = publish();
    Joining joining = joining();
    joining.listener().ended(EndReason.EXPIRED, "kicked");
    Invited invited = joining.invite("standup", ID);
    rooms.threads.pass(SECOND);
    assertRefused(opening, Reason.ENDED);
    assertThat(invited.isLeft()).isTrue();
    assertThat(meeting.endpoints()).isEmpty();
  }

  @Test
  void who_is_not_let_in_is_refused_and_may_come_again() {
    CompletableFuture<IngestEndpoint> opening = publish();
    joining().refuse(new BridgeException(Reason.FORBIDDEN, "no"));
    rooms.threads.run();
    assertRefused(opening, Reason.FORBIDDEN);

    CompletableFuture<IngestEndpoint> again = publish();
    invite();
    assertThat(again).isCompleted();
  }

  /** There is one time for all that a POST waits for. */
  @Test
  void what_it_has_waited_for_the_room_is_told_when_it_joins() {
    rooms.threads.holdCalls(true);
    publish();
    rooms.threads.pass(SECOND);
    assertThat(meetings.joinings()).isEmpty();
    rooms.threads.holdCalls(false);
    rooms.threads.run();
    assertThat(joining().newcomer().waited()).isEqualTo(SECOND);
  }

  @Test
  void one_that_joins_has_the_streams_name() {
    publish();
    CompletableFuture<IngestEndpoint> second = publish();
    assertRefused(second, Reason.STREAM_IN_USE);
    assertThat(meetings.joinings()).hasSize(1);
  }

  @Test
  void an_endpoint_on_another_bridge_is_not_taken() {
    CompletableFuture<IngestEndpoint> opening = publish();
    meeting.putElsewhere(ID);
    Invited invited = invite();
    assertRefused(opening, Reason.OVERLOADED);
    assertThatThrownBy(opening::get)
        .cause()
        .hasMessageContaining("in the region far-away")
        .isInstanceOfSatisfying(
            BridgeException.class,
            e -> assertThat(e.elsewhere()).contains("https://far-away.example/whip"));
    assertThat(invited.isLeft()).isTrue();
  }

  /** Whoever manages meetings was restarted, and the bridge still has the conference before. */
  @Test
  void of_two_conferences_of_one_name_the_one_with_its_endpoint_is_entered() {
    rooms.host.openForeign();
    ScriptedRooms.Player player = rooms.player("standup");
    assertThat(player.listener.calls()).containsExactly("connected");
    meeting.putElsewhere(ID);
    FakeConference anew = rooms.host.meeting("standup");
    CompletableFuture<IngestEndpoint> opening = publish();
    Invited invited = invite();
    assertThat(opening.join().id()).isEqualTo(ID);
    assertThat(invited.isAccepted()).isTrue();
    assertThat(anew.endpoints()).hasSize(1);
  }

  @Test
  void a_conference_that_is_not_here_is_not_entered() {
    CompletableFuture<IngestEndpoint> opening = publish();
    Invited invited = joining().invite("elsewhere", ID);
    rooms.threads.run();
    assertRefused(opening, Reason.OVERLOADED);
    assertThat(invited.isLeft()).isTrue();
  }

  @Test
  void whose_acceptance_is_refused_leaves() {
    CompletableFuture<IngestEndpoint> opening = publish();
    Invited invited =
        joining()
            .invite("standup", ID)
            .refusing(new BridgeException(Reason.OVERLOADED, "too late"));
    rooms.threads.pass(SECOND);
    assertRefused(opening, Reason.OVERLOADED);
    assertThat(invited.isLeft()).isTrue();
    assertThat(meeting.endpoints()).isEmpty();
  }

  @Test
  void who_gives_up_while_it_joins_leaves_nothing() {
    CompletableFuture<IngestEndpoint> opening = publish();
    opening.cancel(false);
    rooms.threads.run();
    assertThat(joining().isGivenUp()).isTrue();
    assertThat(publish()).isNotDone();
  }

  @Test
  void sources_that_are_learnt_later_are_told() {
    CompletableFuture<IngestEndpoint> opening =
        rooms.bridge.openIngest(rooms.ingest("standup", "obs", simulcast("0", "1")), listener);
    rooms.threads.run();
    Invited invited = invite();
    IngestEndpoint endpoint = opening.join();
    assertThat(invited.told()).containsExactly(List.of());
    new FakePeer(rooms.host).connect(endpoint.localTransport());
    rooms.threads.pass(SECOND);

    RtpStream large = new RtpStream(77, 900, 1, "0");
    RtpStream small = new RtpStream(78, 300, 2, "1");
    for (int i = 0; i < 150; i++) {
      rooms.host.endpoint(ID).ingest().receive(large.frame(i % 25 == 0));
      rooms.host.endpoint(ID).ingest().receive(small.frame(i % 25 == 0));
      rooms.threads.pass(Duration.ofMillis(20));
    }
    assertThat(invited.told()).last().isEqualTo(List.of(ID + "-v0"));
  }

  /** A meeting must not be watchable because somebody publishes into it. */
  @Test
  void players_get_into_no_meeting_that_is_not_open() {
    publish();
    invite();
    CompletableFuture<?> player =
        rooms.bridge.openEgress(rooms.egress("standup"), new RecordingListener());
    rooms.threads.run();
    assertRefused(player, Reason.FORBIDDEN);
  }

  @Test
  void players_see_the_meeting_where_it_is_open() {
    rooms.host.openForeign();
    publish();
    invite();
    ScriptedRooms.Player player = rooms.player("standup");
    assertThat(player.fake.plan().visitor()).isTrue();
    assertThat(meeting.endpoints()).hasSize(2);
    assertThat(rooms.host.conferences()).containsExactly(meeting);
  }

  @Test
  void players_that_wait_come_to_the_publisher() {
    rooms.host.openForeign();
    ScriptedRooms.Player early = rooms.player("daily");
    CompletableFuture<IngestEndpoint> opening =
        rooms.bridge.openIngest(rooms.ingest("daily", "obs", video(2001)), listener);
    rooms.threads.run();
    FakeConference daily = rooms.host.meeting("daily");
    joining().invite("daily", ID);
    rooms.threads.pass(SECOND.multipliedBy(2));
    assertThat(opening).isCompleted();
    assertThat(early.listener.calls()).containsExactly("connected", "ended EXPIRED");

    ScriptedRooms.Player again = rooms.player("daily");
    assertThat(again.listener.calls()).containsExactly("connected");
    assertThat(daily.endpoints()).hasSize(2);
  }

  @Test
  void players_of_a_meeting_stay_when_a_publisher_joins_it() {
    rooms.host.openForeign();
    ScriptedRooms.Player player = rooms.player("standup");
    publish();
    invite();
    rooms.threads.pass(SECOND.multipliedBy(2));
    assertThat(player.listener.calls()).containsExactly("connected");
    assertThat(meeting.endpoints()).hasSize(2);
  }
}
