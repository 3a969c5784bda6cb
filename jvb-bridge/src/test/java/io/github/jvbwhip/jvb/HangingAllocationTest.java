package io.github.jvbwhip.jvb;

import static io.github.jvbwhip.jvb.scenario.ScenarioMedia.video;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.core.bridge.Availability;
import io.github.jvbwhip.core.bridge.BridgeException;
import io.github.jvbwhip.core.bridge.IngestEndpoint;
import io.github.jvbwhip.core.bridge.IngestRequest;
import io.github.jvbwhip.core.bridge.RecordingListener;
import io.github.jvbwhip.core.bridge.Registration;
import io.github.jvbwhip.core.bridge.RoomName;
import io.github.jvbwhip.core.bridge.RoomSnapshot;
import io.github.jvbwhip.core.bridge.StreamName;
import io.github.jvbwhip.core.threads.Await;
import io.github.jvbwhip.jvb.fake.FakeHost;
import io.github.jvbwhip.jvb.fake.FakePeer;
import io.github.jvbwhip.jvb.scenario.RtpStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A bridge that does not answer holds up whoever asked it, and nobody else. */
@Timeout(30)
class HangingAllocationTest {
  private static final RoomName SLOW = new RoomName("slow");
  private static final long IMPATIENT_NANOS = 300_000_000L;

  private final FakeHost host = new FakeHost(System::nanoTime);
  private JvbBridge bridge = new JvbBridge(host);
  private final CountDownLatch reached = new CountDownLatch(1);
  private final CountDownLatch answer = new CountDownLatch(1);

  @AfterEach
  void close() {
    answer.countDown();
    bridge.close();
  }

  private CompletableFuture<IngestEndpoint> open(RoomName room, String stream, long ssrc) {
    return bridge.openIngest(
        new IngestRequest(
            room, new StreamName(stream), List.of(video(ssrc)), new FakePeer(host).transport()),
        new RecordingListener());
  }

  private static IngestEndpoint opened(CompletableFuture<IngestEndpoint> opening) throws Exception {
    return opening.get(10, TimeUnit.SECONDS);
  }

  private void hang() {
    host.whileAllocating(
        conference -> {
          if (conference.name().equals(SLOW.value())) {
            reached.countDown();
            answer.await();
          }
        });
  }

  private void beImpatient() {
    bridge.close();
    bridge = new JvbBridge(host, new OwnThreads(), new CallBounds(IMPATIENT_NANOS), new Random(1));
  }

  private static void assertOverloaded(CompletableFuture<?> opening) {
    assertThat(opening)
        .failsWithin(Duration.ZERO)
        .withThrowableOfType(ExecutionException.class)
        .havingCause()
        .isInstanceOfSatisfying(
            BridgeException.class,
            e -> {
              assertThat(e.reason()).isEqualTo(BridgeException.Reason.OVERLOADED);
              assertThat(e.retryAfter()).isPresent();
            });
  }

  private static RoomSnapshot await(
      BlockingQueue<RoomSnapshot> snapshots, Predicate<RoomSnapshot> wanted) throws Exception {
    while (true) {
      RoomSnapshot next = snapshots.poll(10, TimeUnit.SECONDS);
      assertThat(next).as("a snapshot in time").isNotNull();
      if (wanted.test(next)) {
        return next;
      }
    }
  }

  @Test
  void its_room_is_told_of_and_seen_and_other_rooms_are_opened() throws Exception {
    IngestEndpoint before = opened(open(SLOW, "before", 2001));
    FakePeer peer = new FakePeer(host);
    peer.connect(before.localTransport());
    hang();
    CompletableFuture<IngestEndpoint> hanging = open(SLOW, "hanging", 2002);
    assertThat(reached.await(10, TimeUnit.SECONDS)).isTrue();

    BlockingQueue<RoomSnapshot> told = new LinkedBlockingQueue<>();
    try (Registration registration = bridge.observe(SLOW, told::add)) {
      assertThat(registration).isNotNull();
      assertThat(await(told, snapshot -> true).streams()).hasSize(1);
      peer.send(new RtpStream(2001, 300, 1, "").frame(true));
      await(told, snapshot -> !snapshot.streams().get(0).active().isEmpty());
      assertThat(bridge.room(SLOW).orElseThrow().streams()).hasSize(1);
      for (int i = 0; i < 40; i++) {
        assertThat(opened(open(new RoomName("room" + i), "main", 2001)).id()).isNotBlank();
      }
      assertThat(hanging).isNotDone();

      answer.countDown();
      assertThat(opened(hanging).id()).isNotBlank();
      await(told, snapshot -> snapshot.streams().size() == 2);
    }
  }

  @Test
  void what_it_answers_after_it_was_given_up_is_freed() throws Exception {
    opened(open(SLOW, "before", 2001));
    hang();
    CompletableFuture<IngestEndpoint> hanging = open(SLOW, "hanging", 2002);
    assertThat(reached.await(10, TimeUnit.SECONDS)).isTrue();

    assertThat(hanging.cancel(true)).isTrue();
    answer.countDown();
    opened(open(SLOW, "behind", 2003));
    opened(open(SLOW, "last", 2004)); // It has its turn after what was freed.

    assertThat(host.counted().told()).filteredOn("ended WHIP closed"::equals).hasSize(1);
    assertThat(host.conferences().get(0).endpoints()).hasSize(3);
    assertThat(bridge.room(SLOW).orElseThrow().streams())
        .extracting(stream -> stream.name().value())
        .containsExactly("before", "behind", "last");
  }

  @Test
  void nobody_waits_behind_it_once_it_hangs() throws Exception {
    beImpatient();
    hang();
    CompletableFuture<IngestEndpoint> hanging = open(SLOW, "hanging", 2001);
    assertThat(reached.await(10, TimeUnit.SECONDS)).isTrue();
    AtomicInteger number = new AtomicInteger();
    Supplier<CompletableFuture<IngestEndpoint>> next =
        () -> open(SLOW, "next" + number.incrementAndGet(), 3000 + number.get());

    assertOverloaded(
        Await.until("it is refused", next, CompletableFuture::isCompletedExceptionally));
    answer.countDown();
    opened(hanging);
    opened(Await.until("it is taken", next, opening -> !opening.isCompletedExceptionally()));
  }

  @Test
  void only_so_many_wait_behind_it() throws Exception {
    hang();
    List<CompletableFuture<IngestEndpoint>> waiting = new ArrayList<>();
    for (int i = 0; i < CallBounds.OPENINGS; i++) {
      waiting.add(open(SLOW, "stream" + i, 3000 + i));
    }

    assertThat(waiting).noneMatch(CompletableFuture::isDone);
    assertOverloaded(open(SLOW, "more", 2001));
  }

  @Test
  void when_all_threads_hang_no_room_takes_anybody_until_one_returns() throws Exception {
    beImpatient();
    host.whileAllocating(conference -> answer.await());
    for (int i = 0; i < CallBounds.ROOM_THREADS; i++) {
      assertThat(open(new RoomName("room" + i), "main", 2001)).isNotDone();
    }

    Await.until(
        "the bridge takes nobody",
        () -> bridge.availability().state(),
        Availability.State.OVERLOADED::equals);
    assertOverloaded(open(new RoomName("other"), "main", 2001));
    answer.countDown();
    Await.until(
        "it takes some again",
        () -> bridge.availability().state(),
        Availability.State.ACCEPTING::equals);
  }

  @Test
  void where_there_is_no_thread_observers_may_still_ask_the_bridge() {
    OwnThreads none = new OwnThreads();
    JvbBridge closing = new JvbBridge(host, none, new CallBounds(), new Random(1));
    none.close();
    List<RoomSnapshot> told = new ArrayList<>();

    assertThat(closing.observe(SLOW, first -> closing.observe(SLOW, told::add))).isNotNull();

    assertThat(told).hasSize(1);
  }
}
