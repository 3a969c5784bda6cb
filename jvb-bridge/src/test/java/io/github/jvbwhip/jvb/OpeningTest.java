package io.github.jvbwhip.jvb;

import static io.github.jvbwhip.jvb.scenario.ScenarioMedia.video;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.core.bridge.Availability;
import io.github.jvbwhip.core.bridge.BridgeException;
import io.github.jvbwhip.core.bridge.IngestEndpoint;
import io.github.jvbwhip.core.bridge.RecordingListener;
import io.github.jvbwhip.core.bridge.RoomName;
import io.github.jvbwhip.jvb.fake.FakeConference;
import io.github.jvbwhip.jvb.fake.FakeEndpoint;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** How endpoints are opened, and what is left when they are not. */
class OpeningTest {
  private final ScriptedRooms rooms = new ScriptedRooms();
  private final RecordingListener listener = new RecordingListener();

  private CompletableFuture<IngestEndpoint> open(String stream, long ssrc) {
    return rooms.bridge.openIngest(rooms.ingest("room", stream, video(ssrc)), listener);
  }

  private static BridgeException.Reason reason(Future<?> opening) {
    return failure(opening).reason();
  }

  private static BridgeException failure(Future<?> opening) {
    try {
      opening.get();
      throw new AssertionError("it was opened");
    } catch (ExecutionException e) {
      return (BridgeException) e.getCause();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void opening_does_not_wait_and_takes_the_name_at_once() {
    CompletableFuture<IngestEndpoint> first = open("main", 2001);

    assertThat(first).isNotDone();
    assertThat(rooms.host.conferences()).isEmpty();
    assertThat(reason(open("main", 2002))).isEqualTo(BridgeException.Reason.STREAM_IN_USE);
    assertThat(rooms.bridge.room(new RoomName("room"))).isEmpty();

    rooms.threads.run();
    assertThat(first).isCompleted();
    assertThat(rooms.bridge.room(new RoomName("room")).orElseThrow().streams()).hasSize(1);
  }

  @Test
  void an_opening_that_the_bridge_does_not_answer_ends_with_the_bridge() {
    rooms.threads.holdCalls(true);
    CompletableFuture<IngestEndpoint> opening = open("main", 2001);
    rooms.threads.run();

    rooms.bridge.close();

    assertThat(opening).isDone();
    assertThat(reason(opening)).isEqualTo(BridgeException.Reason.DRAINING);
    assertThat(reason(open("other", 2002))).isEqualTo(BridgeException.Reason.DRAINING);
  }

  @Test
  void what_is_given_up_before_is_not_allocated() {
    CompletableFuture<IngestEndpoint> opening = open("main", 2001);

    opening.cancel(true);
    rooms.threads.run();

    assertThat(rooms.host.counted().told()).isEmpty();
    assertThat(rooms.host.conferences()).isEmpty();
    assertThat(rooms.opened(open("main", 2001)).id()).isNotBlank();
  }

  @Test
  void what_is_given_up_meanwhile_is_freed_and_its_name_too() {
    List<CompletableFuture<IngestEndpoint>> openings = new ArrayList<>();
    rooms.host.whileAllocating(conference -> openings.get(0).cancel(true));
    openings.add(open("main", 2001));
    rooms.threads.run();
    rooms.host.whileAllocating(conference -> {});

    assertThat(rooms.host.conferences()).isEmpty();
    assertThat(rooms.bridge.room(new RoomName("room"))).isEmpty();
    assertThat(rooms.host.counted().told()).containsExactly("opened WHIP", "ended WHIP closed");
    assertThat(rooms.opened(open("main", 2001)).id()).isNotBlank();
    assertThat(listener.calls()).isEmpty();
  }

  @Test
  void the_name_is_taken_by_who_opens_it_as_soon_as_the_one_before_is_there() {
    List<CompletableFuture<IngestEndpoint>> next = new ArrayList<>();
    CompletableFuture<Void> first =
        open("main", 2001)
            .thenAccept(
                endpoint -> {
                  endpoint.close();
                  next.add(open("main", 2002));
                });
    rooms.opened(first);

    assertThat(open("main", 2003)).isCompletedExceptionally();
    assertThat(rooms.opened(next.get(0)).id()).isNotBlank();
    assertThat(rooms.bridge.room(new RoomName("room")).orElseThrow().streams()).hasSize(1);
  }

  @Test
  void a_refused_one_leaves_nothing_and_its_name_is_free() {
    rooms.host.whileAllocating(
        conference ->
            conference.refuse(new BridgeException(BridgeException.Reason.REFUSED, "No.")));

    CompletableFuture<IngestEndpoint> refused = open("main", 2001);
    rooms.threads.run();
    rooms.host.whileAllocating(conference -> {});

    assertThat(reason(refused)).isEqualTo(BridgeException.Reason.REFUSED);
    assertThat(rooms.bridge.room(new RoomName("room"))).isEmpty();
    assertThat(rooms.opened(open("main", 2001)).id()).isNotBlank();
  }

  @Test
  void a_fault_in_an_allocation_costs_that_opening_only() {
    rooms.host.whileAllocating(
        conference -> {
          throw new NoClassDefFoundError("gone");
        });
    CompletableFuture<IngestEndpoint> failed = open("main", 2001);
    rooms.threads.run();
    rooms.host.whileAllocating(conference -> {});

    assertThat(failed).isCompletedExceptionally();
    assertThat(rooms.opened(open("main", 2001)).id()).isNotBlank();
  }

  @Test
  void a_fault_after_an_allocation_leaves_nothing_of_it() {
    rooms.host.counted().failNextOpened(new NoClassDefFoundError("gone"));

    CompletableFuture<IngestEndpoint> failed = open("main", 2001);
    rooms.threads.run();

    assertThat(failed).isCompletedExceptionally();
    assertThat(rooms.host.conferences()).isEmpty();
    assertThat(rooms.bridge.room(new RoomName("room"))).isEmpty();
    assertThat(rooms.opened(open("main", 2001)).id()).isNotBlank();
  }

  @Test
  void where_somebody_else_ends_the_conference_another_one_is_taken() {
    rooms.opened(open("one", 2001));
    FakeConference first = rooms.host.conferences().get(0);
    first.endInAllocation();

    IngestEndpoint second = rooms.opened(open("two", 2002));

    assertThat(rooms.host.conferences()).hasSize(1).doesNotContain(first);
    assertThat(rooms.host.conferences().get(0).endpoints())
        .extracting(FakeEndpoint::endpointId)
        .containsExactly(second.id());
  }

  @Test
  void where_that_happens_again_and_again_it_is_to_be_tried_later() {
    rooms.host.whileAllocating(FakeConference::endInAllocation);

    CompletableFuture<IngestEndpoint> opening = open("main", 2001);
    rooms.threads.run();

    assertThat(reason(opening)).isEqualTo(BridgeException.Reason.OVERLOADED);
    assertThat(rooms.host.conferences()).isEmpty();
  }

  @Test
  void who_reconnects_is_allocated_after_the_one_before_was_freed() {
    IngestEndpoint first = rooms.opened(open("main", 2001));
    List<Integer> present = new ArrayList<>();
    rooms.host.whileAllocating(conference -> present.add(conference.endpoints().size()));

    first.close();
    rooms.opened(open("main", 2001));

    assertThat(present).containsExactly(0);
  }

  @Test
  void a_bridge_under_load_says_how_much_and_when_to_come_back() {
    Duration later = Duration.ofSeconds(7);
    rooms.host.setAvailability(Availability.overloaded(Optional.of(later), "Stress: 90 %."));

    BridgeException refusal = failure(open("main", 2001));

    assertThat(refusal.reason()).isEqualTo(BridgeException.Reason.OVERLOADED);
    assertThat(refusal).hasMessage("Stress: 90 %.");
    assertThat(refusal.retryAfter()).contains(later);
  }

  @Test
  void nothing_is_opened_while_the_bridge_drains_or_after_its_end() {
    rooms.host.setAvailability(Availability.draining(Optional.empty()));
    assertThat(reason(open("main", 2001))).isEqualTo(BridgeException.Reason.DRAINING);
    rooms.host.setAvailability(Availability.ACCEPTING);

    rooms.bridge.close();

    assertThat(reason(open("main", 2001))).isEqualTo(BridgeException.Reason.DRAINING);
  }

  @Test
  void what_is_still_being_allocated_when_the_bridge_has_closed_is_refused_and_freed() {
    rooms.host.whileAllocating(conference -> rooms.bridge.close());

    CompletableFuture<IngestEndpoint> opening = open("main", 2001);
    rooms.threads.run();

    assertThat(opening).isDone();
    assertThat(reason(opening)).isEqualTo(BridgeException.Reason.DRAINING);
    assertThat(rooms.host.conferences()).isEmpty();
    assertThat(rooms.host.counted().told()).startsWith("opened WHIP").hasSize(2);
  }
}
