package io.github.jvbwhip.jvb;

import static io.github.jvbwhip.jvb.scenario.ScenarioMedia.VIDEO;
import static io.github.jvbwhip.jvb.scenario.ScenarioMedia.simulcast;
import static io.github.jvbwhip.jvb.scenario.ScenarioMedia.video;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.jvbwhip.core.bridge.BridgeException;
import io.github.jvbwhip.core.bridge.BridgeException.Reason;
import io.github.jvbwhip.core.bridge.EndReason;
import io.github.jvbwhip.core.bridge.IceCredentials;
import io.github.jvbwhip.core.bridge.IngestEndpoint;
import io.github.jvbwhip.core.bridge.IngestMedia;
import io.github.jvbwhip.core.bridge.RecordingListener;
import io.github.jvbwhip.core.codec.CodecType;
import io.github.jvbwhip.jvb.fake.FakeMeetings;
import io.github.jvbwhip.jvb.fake.FakeMeetings.Invited;
import io.github.jvbwhip.jvb.media.EndpointNumbers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Publishers whom whoever manages the room has put on another bridge, where any is taken. */
class MeetingElsewhereTest {
  private static final String ID = "0badcafe";

  private final FakeMeetings meetings = new FakeMeetings();
  private final ScriptedRooms rooms = new ScriptedRooms(meetings);
  private final RecordingListener listener = new RecordingListener();

  @BeforeEach
  void meet() {
    meetings.name("standup", "standup");
    rooms.host.meeting("standup").putElsewhere(ID);
  }

  private CompletableFuture<IngestEndpoint> publish(IngestMedia media) {
    CompletableFuture<IngestEndpoint> opening =
        rooms.bridge.openIngest(rooms.ingest("standup", "obs", media), listener);
    rooms.threads.run();
    return opening;
  }

  private Invited invite(int vp8) {
    Invited invited =
        meetings
            .joinings()
            .get(meetings.joinings().size() - 1)
            .invite("standup", ID)
            .anywhere(new EndpointNumbers(Map.of(CodecType.VP8, vp8), Map.of(), Map.of()));
    rooms.threads.run();
    return invited;
  }

  private static BridgeException refusal(CompletableFuture<IngestEndpoint> opening) {
    assertThat(opening).isCompletedExceptionally();
    return (BridgeException) opening.handle((endpoint, failure) -> failure).join();
  }

  @Test
  void one_with_the_numbers_of_the_meeting_is_answered_for_that_bridge() {
    CompletableFuture<IngestEndpoint> opening = publish(video(2001));
    Invited invited = invite(VIDEO);
    IngestEndpoint endpoint = opening.join();
    assertThat(endpoint.id()).isEqualTo(ID);
    assertThat(endpoint.localTransport().credentials().ufrag()).isEqualTo("meet" + ID);
    assertThat(endpoint.media()).singleElement().satisfies(this::hasNoExtensions);
    assertThat(invited.isAccepted()).isTrue();
    assertThat(invited.isWatched()).isTrue();
    assertThat(invited.told()).containsExactly(List.of(ID + "-v0"));
    assertThat(rooms.host.meeting("standup").endpoints()).isEmpty();

    endpoint.close();
    assertThat(invited.isLeft()).isTrue();
    assertThat(listener.calls()).isEmpty();
  }

  private void hasNoExtensions(IngestMedia taken) {
    assertThat(taken.codecs()).isEqualTo(video(2001).codecs());
    assertThat(taken.extensions()).isEmpty();
  }

  @Test
  void one_has_its_streams_name_until_it_ends() {
    CompletableFuture<IngestEndpoint> opening = publish(video(2001));
    Invited invited = invite(VIDEO);
    assertThat(opening).isCompleted();
    assertThat(refusal(publish(video(2002))).reason()).isEqualTo(Reason.STREAM_IN_USE);

    meetings.joinings().get(0).listener().ended(EndReason.EXPIRED, "the meeting is over");
    rooms.threads.run();
    assertThat(listener.calls()).containsExactly("ended EXPIRED");
    assertThat(invited.isLeft()).isTrue();
    opening.join().close();
    assertThat(publish(video(2002))).isNotDone();
    assertThat(meetings.joinings()).hasSize(2);
  }

  /** Whether the meeting is over is not known here. */
  @Test
  void one_that_was_removed_is_refused_for_an_hour() {
    meetings.name("daily", "daily");
    CompletableFuture<IngestEndpoint> first = publish("daily");
    meetings
        .joinings()
        .get(0)
        .invite("daily", ID)
        .anywhere(new EndpointNumbers(Map.of(CodecType.VP8, VIDEO), Map.of(), Map.of()));
    rooms.threads.run();
    assertThat(first).isCompleted();
    meetings.joinings().get(0).listener().removed("daily", "kicked");
    rooms.threads.run();
    first.join().close();

    rooms.threads.pass(Duration.ofMinutes(59));
    assertThat(refusal(publish("daily")).reason()).isEqualTo(Reason.FORBIDDEN);
    rooms.threads.pass(Duration.ofMinutes(2));
    assertThat(publish("daily")).isNotDone();
  }

  private CompletableFuture<IngestEndpoint> publish(String room) {
    CompletableFuture<IngestEndpoint> opening =
        rooms.bridge.openIngest(rooms.ingest(room, "obs", video(2001)), listener);
    rooms.threads.run();
    return opening;
  }

  @Test
  void one_that_comes_back_has_its_place() {
    CompletableFuture<IngestEndpoint> opening = publish(video(2001));
    Invited invited = invite(VIDEO);
    opening.join().giveWay();
    assertThat(invited.hasGivenWay()).isTrue();
    assertThat(invited.isLeft()).isFalse();
    assertThat(publish(video(2002))).isNotDone();
  }

  @Test
  void one_with_other_numbers_is_told_so() {
    CompletableFuture<IngestEndpoint> opening = publish(video(2001));
    Invited invited = invite(VIDEO + 1);
    assertThat(refusal(opening))
        .hasMessageContaining("in the region far-away")
        .hasMessageContaining("payload types of its offer are not those of the meeting");
    assertThat(refusal(opening).retryAfter()).isPresent();
    assertThat(invited.isAccepted()).isFalse();
    assertThat(invited.isLeft()).isTrue();
  }

  @Test
  void one_whose_ssrcs_only_its_packets_would_tell_is_told_so() {
    CompletableFuture<IngestEndpoint> opening = publish(simulcast("0", "1"));
    Invited invited = invite(VIDEO);
    assertThat(refusal(opening)).hasMessageContaining("does not tell all SSRCs, or has RIDs");
    assertThat(invited.isAccepted()).isFalse();
    assertThat(invited.isLeft()).isTrue();
  }

  @Test
  void its_ice_is_not_restarted() {
    CompletableFuture<IngestEndpoint> opening = publish(video(2001));
    invite(VIDEO);
    IngestEndpoint endpoint = opening.join();
    assertThatThrownBy(
            () ->
                endpoint.restartIce(
                    new IceCredentials("anew", "anewanewanewanewanewanew"), List.of()))
        .isInstanceOfSatisfying(
            BridgeException.class, e -> assertThat(e.reason()).isEqualTo(Reason.RESTART_REFUSED));
    assertThat(listener.calls()).isEmpty();
  }
}
