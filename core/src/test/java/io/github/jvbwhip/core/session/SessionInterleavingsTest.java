package io.github.jvbwhip.core.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.core.bridge.BridgeException;
import io.github.jvbwhip.core.bridge.EndReason;
import io.github.jvbwhip.core.bridge.FakeBridge;
import io.github.jvbwhip.core.bridge.FakeEgress;
import io.github.jvbwhip.core.bridge.IceCredentials;
import io.github.jvbwhip.core.negotiation.AnswerOutline;
import io.github.jvbwhip.core.negotiation.IceUpdate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

/**
 * Openings, PATCH requests, restarts and ends of one session in any order, with the threads' tasks
 * run at any time in between. The seed that fails is named.
 */
class SessionInterleavingsTest {
  private static final int RUNS = 3_000;
  private static final int STEPS = 30;
  private static final AnswerOutline OUTLINE = new AnswerOutline(List.of(), List.of("0"), false);
  private static final SessionEndReason[] REASONS = {
    SessionEndReason.DELETED, SessionEndReason.REPLACED, SessionEndReason.MEDIA_TIMEOUT
  };

  /** One session, and what was done with it. */
  private static final class Run {
    private final Random random;
    private final FakeBridge bridge = new FakeBridge();
    private final Deque<Runnable> threads = new ArrayDeque<>();
    private final Sessions sessions = new Sessions(this::take);
    private final Session<FakeEgress> session = sessions.create();
    private final FakeEgress endpoint;
    private final List<CompletableFuture<?>> futures = new ArrayList<>();
    private final List<CompletableFuture<IceOutcome>> updates = new ArrayList<>();
    private final List<SessionEnd> told = new ArrayList<>();
    private int listeners;
    private int restarts;
    private boolean attached;

    Run(long seed) throws BridgeException {
      random = new Random(seed);
      endpoint = Sessions.endpoint(bridge, session);
    }

    private void take(Runnable task) {
      if (random.nextInt(50) == 0) {
        throw new RejectedExecutionException("no thread");
      }
      threads.addLast(task);
    }

    void step() {
      switch (random.nextInt(12)) {
        case 0 -> attach();
        case 1 -> endpoint.connectPeer();
        case 2 -> end();
        case 3 -> listen();
        case 4, 5 -> update(credentials("same"));
        case 6, 7 -> update(credentials("restart" + restarts++));
        case 8 -> {
          bridge.failNextRestart(new BridgeException(BridgeException.Reason.RESTART_REFUSED, "no"));
          update(credentials("restart" + restarts++));
        }
        case 9 -> submit();
        default -> runOne();
      }
    }

    private void attach() {
      if (!attached) {
        attached = true;
        try {
          session.opened(endpoint, credentials("same"), OUTLINE);
        } catch (BridgeException e) {
          assertThat(session.state()).isEqualTo(SessionState.ENDED);
        }
      }
    }

    private void end() {
      if (random.nextInt(4) == 0) {
        endpoint.end(EndReason.CONSENT_LOST, "x");
      } else if (random.nextInt(3) == 0) {
        futures.add(session.end(REASONS[random.nextInt(REASONS.length)], "x"));
      }
    }

    private void listen() {
      listeners++;
      session.onEnd(told::add);
    }

    private void update(IceCredentials credentials) {
      IceUpdate update = new IceUpdate(Optional.of(credentials), List.of(), false);
      CompletableFuture<IceOutcome> outcome = session.updateIce(IfMatch.ANY, update, false);
      updates.add(outcome);
      futures.add(outcome);
    }

    private void submit() {
      boolean fails = random.nextInt(3) == 0;
      futures.add(
          session.submit(
              () -> {
                if (fails) {
                  throw new NoSuchMethodError("another version");
                }
                return "done";
              }));
    }

    private void runOne() {
      Runnable task = threads.pollFirst();
      if (task != null) {
        task.run();
      }
    }

    void finish() {
      attach();
      futures.add(session.end(SessionEndReason.SHUTDOWN, "the end"));
      listen();
      submit();
      while (!threads.isEmpty()) {
        runOne();
      }
    }

    void check() {
      assertThat(futures).allMatch(CompletableFuture::isDone);
      assertThat(session.state()).isEqualTo(SessionState.ENDED);
      assertThat(endpoint.isLive()).isFalse();
      assertThat(bridge.endpoints()).isEmpty();
      assertThat(sessions.registry().size()).isZero();
      assertThat(told).hasSize(listeners).allMatch(session.end().orElseThrow()::equals);
      checkTags();
    }

    /** Each restart that came about has a tag of its own, and the last one's stays. */
    private void checkTags() {
      List<EntityTag> tags = new ArrayList<>();
      for (CompletableFuture<IceOutcome> update : updates) {
        try {
          if (update.join() instanceof IceOutcome.Restarted restarted) {
            tags.add(restarted.entityTag());
          }
        } catch (CompletionException e) {
          assertThat(e.getCause()).isInstanceOfAny(BridgeException.class, IceUpdateException.class);
        }
      }
      assertThat(tags).doesNotHaveDuplicates();
      if (!tags.isEmpty()) {
        assertThat(session.entityTag()).isEqualTo(tags.get(tags.size() - 1));
      }
    }

    private static IceCredentials credentials(String ufrag) {
      return new IceCredentials(ufrag, "passwordpasswordpassword");
    }
  }

  @Test
  void leave_nothing_undone_and_one_sequence_of_tags() throws Exception {
    for (long seed = 0; seed < RUNS; seed++) {
      Run run = new Run(seed);
      try {
        for (int i = 0; i < STEPS; i++) {
          run.step();
        }
        run.finish();
        run.check();
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError("seed " + seed, e);
      }
    }
  }
}
