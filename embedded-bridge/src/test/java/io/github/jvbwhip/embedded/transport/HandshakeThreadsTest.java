package io.github.jvbwhip.embedded.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.jvbwhip.core.bridge.ClientNetwork;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class HandshakeThreadsTest {
  private static final ClientNetwork ONE = new ClientNetwork("192.0.2.1");
  private static final ClientNetwork OTHER = new ClientNetwork("192.0.2.2");
  private static final int THREADS = 20;

  private final ExecutorService pool =
      Executors.newFixedThreadPool(THREADS, task -> new Thread(task, "test-handshake"));
  private final HandshakeThreads threads = new HandshakeThreads(pool, THREADS);
  private final List<Half> all = new ArrayList<>();

  @AfterEach
  void end() {
    pool.shutdown();
    all.forEach(Half::giveUp);
  }

  /** Its peer does not go on. */
  private static final class Half implements HandshakeThreads.Handshake {
    final CountDownLatch begun = new CountDownLatch(1);
    final CountDownLatch over = new CountDownLatch(1);
    final CountDownLatch pushedOut = new CountDownLatch(1);
    volatile long lastProgress = System.nanoTime();

    @Override
    public void run() {
      begun.countDown();
      try {
        over.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    @Override
    public long lastProgress() {
      return lastProgress;
    }

    @Override
    public void giveWay() {
      pushedOut.countDown();
    }

    @Override
    public void giveUp() {
      over.countDown();
    }

    boolean begins() throws InterruptedException {
      return begun.await(5, TimeUnit.SECONDS);
    }
  }

  private Half begin(ClientNetwork network) {
    Half half = new Half();
    all.add(half);
    threads.execute(network, half);
    return half;
  }

  private void beginMany(int count) {
    for (int i = 0; i < count; i++) {
      begin(ONE);
    }
  }

  @Test
  void half_handshakes_of_one_network_leave_threads_to_another() throws Exception {
    beginMany(100);

    assertThat(begin(OTHER).begins()).isTrue();
  }

  @Test
  void one_that_waits_begins_when_another_one_of_its_network_is_over() throws Exception {
    beginMany(16);
    Half waiting = begin(ONE);
    assertThat(waiting.begun.getCount()).isEqualTo(1);

    all.get(3).giveUp();

    assertThat(waiting.begins()).isTrue();
  }

  @Test
  void too_many_of_one_network_are_refused_and_those_of_another_are_not() throws Exception {
    beginMany(16 + 128);
    assertThatThrownBy(() -> begin(ONE)).isInstanceOf(RejectedExecutionException.class);

    assertThat(begin(OTHER).begins()).isTrue();
  }

  private void fill(int networks) {
    int network = 0;
    for (int i = 0; i < 512 + THREADS; i++) {
      begin(new ClientNetwork("network " + network++ % networks));
    }
  }

  @Test
  void the_longest_line_makes_room_for_a_network_that_has_a_shorter_one() throws Exception {
    fill(5);
    Half newcomer = begin(ONE);

    assertThat(all.stream().filter(half -> half.pushedOut.getCount() == 0)).hasSize(1);
    assertThat(newcomer.pushedOut.getCount()).isEqualTo(1);
  }

  @Test
  void crowds_of_many_networks_refuse_nobody_who_comes_first_from_his() {
    fill(512 + THREADS);
    int known = threads.networks();
    Half newcomer = begin(ONE);

    assertThat(newcomer.pushedOut.getCount()).isEqualTo(1);
    assertThat(threads.networks()).isEqualTo(known);
    assertThatThrownBy(() -> begin(ONE)).isInstanceOf(RejectedExecutionException.class);
    assertThat(threads.networks()).isEqualTo(known);
  }

  @Test
  void one_whose_session_has_ended_leaves_the_line() throws Exception {
    beginMany(16);
    Half ended = begin(ONE);
    Half next = begin(ONE);

    threads.forget(ended);
    all.get(0).giveUp();

    assertThat(next.begins()).isTrue();
    assertThat(ended.begun.getCount()).isEqualTo(1);
  }

  @Test
  void those_that_do_not_go_on_give_up_while_others_wait() throws Exception {
    beginMany(16);
    Half talking = all.get(0);
    long later = System.nanoTime() + Duration.ofSeconds(6).toNanos();
    threads.giveUpStalled(later);
    assertThat(all).allMatch(half -> half.over.getCount() == 1);
    Half waiting = begin(ONE);

    talking.lastProgress = later;
    threads.giveUpStalled(later);

    assertThat(waiting.begins()).isTrue();
    assertThat(talking.over.getCount()).isEqualTo(1);
  }

  @Test
  void one_that_fails_costs_no_thread() throws Exception {
    CountDownLatch failed = new CountDownLatch(THREADS);
    for (int i = 0; i < THREADS; i++) {
      threads.execute(
          ONE,
          new HandshakeThreads.Handshake() {
            @Override
            public void run() {
              failed.countDown();
              throw new NoClassDefFoundError("test");
            }

            @Override
            public long lastProgress() {
              return System.nanoTime();
            }

            @Override
            public void giveWay() {}

            @Override
            public void giveUp() {}
          });
    }
    assertThat(failed.await(5, TimeUnit.SECONDS)).isTrue();

    for (int i = 0; i < 16; i++) {
      assertThat(begin(ONE).begins()).isTrue();
    }
  }
}
