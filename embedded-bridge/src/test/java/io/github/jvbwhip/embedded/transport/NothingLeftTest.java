package io.github.jvbwhip.embedded.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.core.bridge.DtlsRole;
import io.github.jvbwhip.core.stun.StunMessage;
import io.github.jvbwhip.core.threads.Await;
import io.github.jvbwhip.core.threads.TestThreads;
import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import java.lang.reflect.Field;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.ice4j.ice.Agent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is in memory of sessions that have ended. */
@Timeout(180)
class NothingLeftTest {
  private static final int SESSIONS = 1000;

  /** ice4j remembers the checks that it has answered for 16 seconds, and looks as rarely. */
  private static final Duration FORGOTTEN = Duration.ofSeconds(60);

  private static final Duration BETWEEN = Duration.ofMillis(500);

  /** What ice4j's timers hold for some seconds. */
  private static final int MAX_TASKS = 20;

  @Test
  void what_ice4j_may_keep_of_a_session_refers_to_nothing_else() throws Exception {
    List<Agent> kept = new ArrayList<>();

    WeakReference<TransportListener> session = connectAndClose(kept);

    awaitForgotten(List.of(session));
    assertThat(kept).hasSize(1);
    Reference.reachabilityFence(kept);
  }

  private static WeakReference<TransportListener> connectAndClose(List<Agent> kept)
      throws Exception {
    try (Endpoints endpoints = new Endpoints()) {
      endpoints.connect(DtlsRole.ACTIVE);
      Object ice = field(IceDtlsTransport.class, "ice", endpoints.answerer());
      kept.add(agent((IceGeneration) field(IceTransport.class, "current", ice)));
      return new WeakReference<>(endpoints.answererListener);
    }
  }

  /** At any moment of their checks, some of them before these begin. */
  @Test
  void thousands_of_ended_sessions_are_forgotten() throws Exception {
    StunRouter router = new StunRouter();
    InetAddress loopback = InetAddress.getLoopbackAddress();
    try (UdpSocket ours = UdpSocket.bind(loopback, 0, StunMessages.routing(router));
        UdpSocket theirs = UdpSocket.bind(loopback, 0, StunMessages.routing(router))) {
      ours.start();
      theirs.start();

      List<WeakReference<Agent>> ended = openAndFreeAll(List.of(ours, theirs), router);

      awaitForgotten(ended);
      assertThat(ended).hasSize(2 * SESSIONS);
      Await.until("no tasks are left", () -> tasks() < MAX_TASKS);
      assertThat(router.unanswered()).isZero();
    }
  }

  private static List<WeakReference<Agent>> openAndFreeAll(
      List<UdpSocket> sockets, StunRouter router) throws Exception {
    List<WeakReference<Agent>> agents = new ArrayList<>();
    Random random = new Random(5);
    ExecutorService freeing = Executors.newFixedThreadPool(4, TestThreads.daemons());
    try {
      for (int i = 0; i < SESSIONS; i++) {
        CountDownLatch selected = new CountDownLatch(random.nextInt(3));
        IceGeneration.Listener listener =
            new IceGeneration.Listener() {
              @Override
              public void onValidated(IceGeneration generation, MediaPath path) {
                selected.countDown();
              }
            };
        IceGeneration ours =
            new IceGeneration(sockets.subList(0, 1), router, Runnable::run, false, listener);
        IceGeneration theirs =
            new IceGeneration(sockets.subList(1, 2), router, Runnable::run, true, listener);
        agents.add(new WeakReference<>(agent(ours)));
        agents.add(new WeakReference<>(agent(theirs)));
        ours.start(theirs.credentials());
        theirs.start(ours.credentials());
        ours.onRequest(sockets.get(0), firstCheck(ours, theirs), sockets.get(1).localAddress());
        assertThat(selected.await(20, TimeUnit.SECONDS)).isTrue();
        freeing.execute(ours::free);
        freeing.execute(theirs::free);
      }
    } finally {
      freeing.shutdown();
    }
    assertThat(freeing.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
    return agents;
  }

  private static StunMessage firstCheck(IceGeneration to, IceGeneration from) {
    String username = to.credentials().ufrag() + ":" + from.credentials().ufrag();
    byte[] check = StunMessages.request(username, to.credentials().pwd(), true);
    return StunMessage.parse(check, 0, check.length);
  }

  private static void awaitForgotten(List<? extends WeakReference<?>> ended) {
    long end = System.nanoTime() + FORGOTTEN.toNanos();
    long left = ended.size();
    while (left > 0 && System.nanoTime() - end < 0) {
      System.gc();
      LockSupport.parkNanos(BETWEEN.toNanos());
      left = ended.stream().filter(each -> !each.refersTo(null)).count();
    }
    assertThat(left).as("sessions in memory").isZero();
  }

  private static int tasks() {
    try {
      return ((ScheduledThreadPoolExecutor) field(Agent.class, "agentTasksScheduler", null))
          .getQueue()
          .size();
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(e);
    }
  }

  private static Agent agent(IceGeneration generation) throws ReflectiveOperationException {
    return (Agent) field(IceGeneration.class, "agent", generation);
  }

  private static Object field(Class<?> type, String name, Object of)
      throws ReflectiveOperationException {
    Field field = type.getDeclaredField(name);
    field.setAccessible(true);
    return field.get(of);
  }
}
