package io.github.jvbwhip.embedded.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.core.bridge.IceCredentials;
import io.github.jvbwhip.core.stun.StunMessage;
import io.github.jvbwhip.core.threads.Await;
import java.lang.ref.WeakReference;
import java.lang.reflect.Field;
import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.ice4j.ice.Agent;
import org.ice4j.ice.CheckList;
import org.ice4j.ice.IceProcessingState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Agents of ice4j that are freed at the worst moment: between two turns of their pace maker. */
@Timeout(20)
class EndedChecksTest {

  @Test
  void an_agent_that_is_freed_while_its_pace_maker_works_is_forgotten() throws Exception {
    StunRouter router = new StunRouter();
    InetAddress loopback = InetAddress.getLoopbackAddress();
    try (UdpSocket socket = UdpSocket.bind(loopback, 0, (s, buffer, length, from, now) -> {})) {
      WeakReference<Agent> ended = freedBetweenTurns(socket, router);

      Await.until(
          "forgotten",
          () -> {
            System.gc();
            return ended.refersTo(null);
          });
      assertThat(ended.refersTo(null)).isTrue();
    }
  }

  private static WeakReference<Agent> freedBetweenTurns(UdpSocket socket, StunRouter router)
      throws Exception {
    IceGeneration generation =
        new IceGeneration(List.of(socket), router, Runnable::run, false, IceGeneration.IGNORANT);
    Agent agent = agent(generation);
    CheckList checks = agent.getStreams().get(0).getCheckList();
    Turn turn = new Turn();
    checks.addChecksListener(event -> turn.comesToAnEnd());
    Thread freeing = new Thread(generation::free, "test-freeing");
    generation.start(new IceCredentials("theirs", "theirpasswordof22chars"));
    IceCredentials own = generation.credentials();
    byte[] check = StunMessages.request(own.ufrag() + ":theirs", own.pwd(), true);
    generation.onRequest(socket, StunMessage.parse(check, 0, check.length), socket.localAddress());
    Await.until("a turn", turn::isUnderWay);
    synchronized (checks) { // The pace maker asks them for its pace.
      turn.letEnd();
      freeing.start();
      Await.until("ended", () -> agent.getState() == IceProcessingState.TERMINATED);
    }
    freeing.join();
    return new WeakReference<>(agent);
  }

  private static Agent agent(IceGeneration generation) throws ReflectiveOperationException {
    Field field = IceGeneration.class.getDeclaredField("agent");
    field.setAccessible(true);
    return (Agent) field.get(generation);
  }

  /** One turn of a pace maker, which ends when the test lets it. */
  private static final class Turn {
    private final CountDownLatch over = new CountDownLatch(1);
    private volatile Thread paceMaker;

    void comesToAnEnd() {
      paceMaker = Thread.currentThread();
      try {
        over.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    boolean isUnderWay() {
      return paceMaker != null;
    }

    /** Returns when the turn is over and its next one is not yet scheduled. */
    void letEnd() throws InterruptedException {
      over.countDown();
      Await.until("the pace is asked for", () -> paceMaker.getState() == Thread.State.BLOCKED);
    }
  }
}
