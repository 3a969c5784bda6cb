package io.github.jvbwhip.jvb;

import static io.github.jvbwhip.jvb.scenario.ScenarioMedia.simulcast;
import static io.github.jvbwhip.jvb.scenario.ScenarioMedia.video;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.core.bridge.Availability;
import io.github.jvbwhip.core.bridge.BridgeEndpoint;
import io.github.jvbwhip.core.bridge.BridgeException;
import io.github.jvbwhip.core.bridge.EgressEndpoint;
import io.github.jvbwhip.core.bridge.EgressRequest;
import io.github.jvbwhip.core.bridge.EndReason;
import io.github.jvbwhip.core.bridge.IceCredentials;
import io.github.jvbwhip.core.bridge.IngestEndpoint;
import io.github.jvbwhip.core.bridge.IngestMedia;
import io.github.jvbwhip.core.bridge.IngestRequest;
import io.github.jvbwhip.core.bridge.RecordingListener;
import io.github.jvbwhip.core.bridge.RoomName;
import io.github.jvbwhip.core.bridge.StreamName;
import io.github.jvbwhip.core.threads.TestThreads;
import io.github.jvbwhip.jvb.fake.FakeEndpoint;
import io.github.jvbwhip.jvb.fake.FakeHost;
import io.github.jvbwhip.jvb.fake.FakePeer;
import io.github.jvbwhip.jvb.scenario.RtpStream;
import io.github.jvbwhip.jvb.scenario.ScenarioMedia;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A bridge that does not answer a session ends that session, and holds up nobody else. */
@Timeout(60)
class HangingCallsTest {
  private static final RoomName ROOM = new RoomName("room");
  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final long CALL_NANOS = 1_500_000_000L;
  private static final IceCredentials NEW = new IceCredentials("newu", "newpasswordnewpassword12");

  private final FakeHost host = new FakeHost(System::nanoTime);
  private JvbBridge bridge = newBridge(CALL_NANOS);
  private final ExecutorService callers = Executors.newCachedThreadPool(TestThreads.daemons());
  private final Set<String> victims = ConcurrentHashMap.newKeySet();
  private final Semaphore reached = new Semaphore(0);
  private final Semaphore detaching = new Semaphore(0);
  private final CountDownLatch answer = new CountDownLatch(1);
  private final RecordingListener listener = new RecordingListener();

  private JvbBridge newBridge(long callNanos) {
    return new JvbBridge(host, new OwnThreads(), new CallBounds(callNanos), new Random(1));
  }

  @AfterEach
  void close() throws Exception {
    answer.countDown();
    bridge.close();
    callers.shutdownNow();
    assertThat(callers.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
  }

  private void hang(FakeHost.Call call, BridgeEndpoint victim) {
    victims.add(victim.id());
    host.whileCalling(
        (endpoint, now) -> {
          if (now == FakeHost.Call.DETACH) {
            detaching.release();
          }
          if (now == call && victims.contains(endpoint.endpointId())) {
            reached.release();
            answer.await();
          }
        });
  }

  private void awaitReached(int calls) throws Exception {
    assertThat(reached.tryAcquire(calls, 10, TimeUnit.SECONDS)).as("they hang").isTrue();
  }

  private IngestEndpoint publisher(
      RoomName room, String stream, RecordingListener of, IngestMedia media) throws Exception {
    IngestRequest request =
        new IngestRequest(
            room, new StreamName(stream), List.of(media), new FakePeer(host).transport());
    return bridge.openIngest(request, of).get(10, TimeUnit.SECONDS);
  }

  private IngestEndpoint publisher(String stream) throws Exception {
    return publisher(ROOM, stream, listener, simulcast("h", "l"));
  }

  private EgressEndpoint offered() throws Exception {
    return bridge
        .openEgress(
            new EgressRequest(ROOM, Optional.empty(), ScenarioMedia.player(), Optional.empty()),
            listener)
        .get(10, TimeUnit.SECONDS);
  }

  /** One of its layers becomes known, which the bridge is told. */
  private void showLayer(BridgeEndpoint publisher) {
    Objects.requireNonNull(host.endpoint(publisher.id()).ingest())
        .receive(new RtpStream(3001, 150, 0, "l").frame(true));
  }

  private interface Action {
    void run() throws BridgeException;
  }

  /** Why it was refused, once that is known; empty when it was not. */
  private CompletableFuture<Optional<BridgeException.Reason>> refusal(Action action) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            action.run();
            return Optional.empty();
          } catch (BridgeException e) {
            return Optional.of(e.reason());
          }
        },
        callers);
  }

  /** Makes the call, and tells how that ends for whoever waits. */
  private CompletableFuture<Optional<BridgeException.Reason>> provoke(FakeHost.Call call)
      throws Exception {
    if (call == FakeHost.Call.CONNECT) {
      EgressEndpoint player = offered();
      hang(call, player);
      return refusal(() -> player.connect(new FakePeer(host).transport(), ScenarioMedia.player()));
    }
    IngestEndpoint publisher = publisher("victim");
    hang(call, publisher);
    return switch (call) {
      case UPDATE, RESTART_ICE -> refusal(() -> publisher.restartIce(NEW, List.of()));
      case SET_SOURCES -> refusal(() -> showLayer(publisher));
      case DETACH -> refusal(publisher::close);
      case CONNECT -> throw new AssertionError(call);
    };
  }

  @ParameterizedTest
  @EnumSource(FakeHost.Call.class)
  void one_that_hangs_costs_its_session_only(FakeHost.Call call) throws Exception {
    IngestEndpoint other = publisher(ROOM, "other", new RecordingListener(), video(2001));
    boolean waits = call != FakeHost.Call.SET_SOURCES && call != FakeHost.Call.DETACH;

    CompletableFuture<Optional<BridgeException.Reason>> refusal = provoke(call);
    awaitReached(1);

    assertThat(other.restartIce(NEW, List.of()).credentials().ufrag()).isNotBlank();
    publisher(ROOM, "next", new RecordingListener(), video(2002));
    for (int i = 0; i < 20; i++) {
      publisher(new RoomName("room" + i), "main", new RecordingListener(), video(2001));
    }
    assertThat(refusal.get(10, TimeUnit.SECONDS))
        .isEqualTo(waits ? Optional.of(BridgeException.Reason.TIMED_OUT) : Optional.empty());
    if (call != FakeHost.Call.DETACH) {
      assertThat(listener.awaitEnded(LIMIT)).contains(EndReason.INTERNAL);
    }
    awaitFreed();
    assertThat(bridge.availability().state()).isEqualTo(Availability.State.ACCEPTING);
  }

  /** The bridge has freed who hangs, once an endpoint of the same room is freed after it. */
  private void awaitFreed() throws Exception {
    publisher(ROOM, "last", new RecordingListener(), video(2003)).close();
    publisher(ROOM, "very-last", new RecordingListener(), video(2003));
    assertThat(host.conferences().stream().flatMap(c -> c.endpoints().stream()))
        .extracting(FakeEndpoint::endpointId)
        .doesNotContainAnyElementsOf(victims);
  }

  @Test
  void few_wait_for_longer_than_usual_and_others_are_refused() throws Exception {
    bridge.close();
    bridge = newBridge(LIMIT.toNanos() * 3);
    List<CompletableFuture<Optional<BridgeException.Reason>>> all = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      IngestEndpoint publisher = publisher("victim" + i);
      hang(FakeHost.Call.RESTART_ICE, publisher);
      all.add(refusal(() -> publisher.restartIce(NEW, List.of())));
    }

    assertThat(CompletableFuture.anyOf(all.toArray(CompletableFuture[]::new)))
        .succeedsWithin(LIMIT)
        .isNotEqualTo(Optional.empty());
    List<CompletableFuture<Optional<BridgeException.Reason>>> waiting =
        all.stream().filter(one -> !one.isDone()).toList();
    assertThat(waiting).hasSize(4);
    IngestEndpoint next = publisher(ROOM, "next", new RecordingListener(), video(2001));
    assertThat(refusal(() -> next.restartIce(NEW, List.of())).get(10, TimeUnit.SECONDS))
        .contains(BridgeException.Reason.OVERLOADED);

    answer.countDown();
    for (CompletableFuture<Optional<BridgeException.Reason>> one : waiting) {
      assertThat(one.get(10, TimeUnit.SECONDS)).isEmpty();
    }
    assertThat(next.restartIce(NEW, List.of()).credentials().ufrag()).isNotBlank();
  }

  @Test
  void when_all_threads_hang_nothing_is_opened_until_one_returns() throws Exception {
    Set<RecordingListener> ended = new HashSet<>();
    for (int i = 0; i < CallBounds.THREADS; i++) {
      RecordingListener own = new RecordingListener();
      IngestEndpoint publisher =
          publisher(new RoomName("room" + i), "victim", own, simulcast("h", "l"));
      hang(FakeHost.Call.SET_SOURCES, publisher);
      showLayer(publisher);
      ended.add(own);
    }
    awaitReached(CallBounds.THREADS);
    for (RecordingListener own : ended) {
      assertThat(own.awaitEnded(LIMIT)).contains(EndReason.INTERNAL);
    }

    assertThat(bridge.availability().state()).isEqualTo(Availability.State.OVERLOADED);
    CompletableFuture<IngestEndpoint> refused =
        bridge.openIngest(
            new IngestRequest(
                ROOM, StreamName.DEFAULT, List.of(video(2001)), new FakePeer(host).transport()),
            new RecordingListener());
    assertThat(refused).isCompletedExceptionally();

    answer.countDown();
    assertThat(detaching.tryAcquire(10, TimeUnit.SECONDS)).as("one returns").isTrue();
    assertThat(bridge.availability().state()).isEqualTo(Availability.State.ACCEPTING);
  }
}
