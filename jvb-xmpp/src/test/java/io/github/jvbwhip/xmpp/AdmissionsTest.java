package io.github.jvbwhip.xmpp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.jvbwhip.core.bridge.BridgeException;
import io.github.jvbwhip.core.bridge.BridgeException.Reason;
import io.github.jvbwhip.core.bridge.RoomName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How many may wait for the XMPP server at once. */
@Timeout(60)
class AdmissionsTest {
  private static final int PLAYERS = 8;
  private static final int WAITING_PLAYERS = 32;
  private static final int PUBLISHERS = 32;
  private static final int WAITING_PUBLISHERS = 64;

  private final MeetingThreads threads = new MeetingThreads();
  private final Admissions admissions = new Admissions(threads, Duration.ofSeconds(40));
  private final CountDownLatch answer = new CountDownLatch(1);
  private final Semaphore asked = new Semaphore(0);

  @AfterEach
  void close() {
    answer.countDown();
    threads.close();
  }

  private CompletableFuture<Void> admit(String token) throws BridgeException {
    MeetingAddress meeting =
        Meeting.settings(0, Duration.ofSeconds(1)).names().of(new RoomName("standup"));
    return admissions.decide(meeting, Optional.of(token), deadline -> hang());
  }

  private void hang() throws BridgeException {
    asked.release();
    try {
      assertThat(answer.await(30, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw XmppErrors.unavailable("interrupted", e);
    }
  }

  private void awaitAsked(int times) throws InterruptedException {
    assertThat(asked.tryAcquire(times, 30, TimeUnit.SECONDS)).isTrue();
  }

  private static void assertRefusedAtOnce(CompletableFuture<?> one) {
    assertThat(one).isCompletedExceptionally();
    ExecutionException failure = catchThrowableOfType(ExecutionException.class, one::get);
    assertThat(failure.getCause())
        .isInstanceOfSatisfying(
            BridgeException.class,
            e -> {
              assertThat(e.reason()).isEqualTo(Reason.OVERLOADED);
              assertThat(e.retryAfter()).isPresent();
            });
  }

  @Test
  void few_players_wait_at_once_and_no_publisher_behind_them() throws Exception {
    List<CompletableFuture<Void>> players = new ArrayList<>();
    for (int i = 0; i < PLAYERS + WAITING_PLAYERS; i++) {
      players.add(admit("player" + i));
    }
    awaitAsked(PLAYERS);
    assertThat(asked.availablePermits()).isZero();
    assertThat(players).noneMatch(CompletableFuture::isDone);
    assertRefusedAtOnce(admit("one more"));

    join().result().get(30, TimeUnit.SECONDS);

    answer.countDown();
    for (CompletableFuture<Void> player : players) {
      assertThat(player.get(30, TimeUnit.SECONDS)).isNull();
    }
  }

  /** A publisher for whom there is nothing to wait for. */
  private Attempt<String> join() {
    Attempt<String> attempt = new Attempt<>(new Deadline(Duration.ofSeconds(30)));
    attempt.begin(threads, threads.joining(), () -> attempt.result().complete("there"), () -> {});
    return attempt;
  }

  @Test
  void who_asks_the_same_at_the_same_time_has_the_same_answer() throws Exception {
    CompletableFuture<Void> one = admit("same");
    CompletableFuture<Void> two = admit("same");
    awaitAsked(1);
    answer.countDown();
    assertThat(one.get(30, TimeUnit.SECONDS)).isNull();
    assertThat(two.get(30, TimeUnit.SECONDS)).isNull();
    assertThat(asked.availablePermits()).isZero();

    // Who has the answer may be earlier than its removal.
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    do {
      assertThat(admit("same").get(30, TimeUnit.SECONDS)).isNull();
      assertThat(System.nanoTime()).isLessThan(end);
    } while (!asked.tryAcquire());
  }

  private Attempt<String> hangingPublisher(Duration time, Runnable through) {
    Attempt<String> attempt = new Attempt<>(new Deadline(time));
    attempt.begin(threads, threads.joining(), this::hang, through);
    return attempt;
  }

  @Test
  void publishers_for_whom_there_is_no_room_hear_it_at_once() throws Exception {
    List<Attempt<String>> publishers = new ArrayList<>();
    for (int i = 0; i < PUBLISHERS + WAITING_PUBLISHERS; i++) {
      publishers.add(hangingPublisher(Duration.ofSeconds(40), () -> {}));
    }
    awaitAsked(PUBLISHERS);
    CountDownLatch through = new CountDownLatch(1);
    assertRefusedAtOnce(hangingPublisher(Duration.ofSeconds(40), through::countDown).result());
    assertThat(through.getCount()).isZero();

    // One of those that wait makes room.
    CountDownLatch gone = new CountDownLatch(1);
    publishers.get(PUBLISHERS + WAITING_PUBLISHERS - 1).result().cancel(false);
    assertThat(hangingPublisher(Duration.ofSeconds(40), gone::countDown).isOver()).isFalse();
  }

  @Test
  void who_waits_for_a_thread_and_gives_up_is_through() throws Exception {
    for (int i = 0; i < PUBLISHERS; i++) {
      hangingPublisher(Duration.ofSeconds(40), () -> {});
    }
    awaitAsked(PUBLISHERS);
    CountDownLatch through = new CountDownLatch(1);
    hangingPublisher(Duration.ofSeconds(40), through::countDown).result().cancel(false);
    assertThat(through.await(30, TimeUnit.SECONDS)).isTrue();
    assertThat(asked.availablePermits()).isZero();
  }

  @Test
  void a_fault_is_told_at_once() throws Exception {
    Attempt<String> attempt = new Attempt<>(new Deadline(Duration.ofSeconds(40)));
    CountDownLatch through = new CountDownLatch(1);
    attempt.begin(
        threads,
        threads.joining(),
        () -> {
          throw new IllegalStateException("a fault, as this test wants it");
        },
        through::countDown);
    assertThat(through.await(20, TimeUnit.SECONDS)).isTrue();
    assertThat(attempt.result()).isCompletedExceptionally();
  }

  @Test
  void whatever_hangs_when_the_time_is_over_is_interrupted() throws Exception {
    CountDownLatch through = new CountDownLatch(1);
    Attempt<String> attempt = hangingPublisher(Duration.ofMillis(200), through::countDown);
    assertThat(through.await(20, TimeUnit.SECONDS)).isTrue();
    assertRefusedAtOnce(attempt.result());
  }
}
