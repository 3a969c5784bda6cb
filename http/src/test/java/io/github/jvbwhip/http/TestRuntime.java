package io.github.jvbwhip.http;

import io.github.jvbwhip.core.session.ManualClock;
import io.github.jvbwhip.core.threads.TestThreads;
import io.github.jvbwhip.http.limits.BodyBudget;
import io.github.jvbwhip.http.limits.RefusalLog;
import io.github.jvbwhip.http.runtime.PostListener;
import io.github.jvbwhip.http.runtime.ServerRuntime;
import io.github.jvbwhip.http.runtime.SessionListener;
import java.security.SecureRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/** A runtime with threads of its own, and a clock that the test moves. */
public final class TestRuntime implements AutoCloseable {
  private final ManualClock clock = new ManualClock();
  private final ExecutorService executor = Executors.newFixedThreadPool(4, TestThreads.daemons());
  private final ScheduledExecutorService scheduler =
      Executors.newScheduledThreadPool(1, TestThreads.daemons());

  public ManualClock clock() {
    return clock;
  }

  public ServerRuntime runtime() {
    return new ServerRuntime(
        clock, new SecureRandom(), executor, scheduler, PostListener.NONE, SessionListener.NONE);
  }

  /** One in which bodies have that memory, and which tells that log who is refused. */
  public ServerRuntime runtime(BodyBudget bodies, RefusalLog refusals) {
    return new ServerRuntime(
        clock,
        new SecureRandom(),
        executor,
        scheduler,
        PostListener.NONE,
        SessionListener.NONE,
        bodies,
        refusals);
  }

  /** From now on the executor takes nothing more. */
  public void stopExecutor() {
    executor.shutdownNow();
  }

  @Override
  public void close() {
    scheduler.shutdownNow();
    executor.shutdownNow();
  }
}
