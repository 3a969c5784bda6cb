package io.github.jvbwhip.jvb.videobridge.hooks;

import io.github.jvbwhip.core.threads.Await;
import java.lang.ref.WeakReference;
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
    WeakReference<Agent> ended = freedBetweenTurns();

    Await.until(
        "it is forgotten",
        () -> {
          System.gc();
          return ended.refersTo(null);
        });
  }

  private static WeakReference<Agent> freedBetweenTurns() throws Exception {
    Agent agent = new Agent();
    EndedChecks.follow(agent);
    CheckList checks = agent.createMediaStream("stream").getCheckList();
    Turn turn = new Turn();
    checks.addChecksListener(event -> turn.comesToAnEnd());
    Thread freeing = new Thread(agent::free, "test-freeing");
    agent.startConnectivityEstablishment();
    Await.until("a turn is under way", turn::isUnderWay);
    synchronized (checks) { // The pace maker asks them for its pace.
      turn.letEnd();
      freeing.start();
      Await.until("it is freed", agent::getState, IceProcessingState.TERMINATED::equals);
    }
    freeing.join();
    return new WeakReference<>(agent);
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
      Await.until("it is blocked", paceMaker::getState, Thread.State.BLOCKED::equals);
    }
  }
}
