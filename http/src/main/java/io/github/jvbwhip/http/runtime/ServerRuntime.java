package io.github.jvbwhip.http.runtime;

import io.github.jvbwhip.http.limits.BodyBudget;
import io.github.jvbwhip.http.limits.RefusalLog;
import java.time.Clock;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.random.RandomGenerator;

/**
 * What the plugins take from whoever starts them. None of it is closed by a plugin; the executors
 * outlive the servlets.
 *
 * @param random cryptographically strong and thread-safe, such as {@link
 *     java.security.SecureRandom}
 * @param executor runs the sessions' operations: some threads that may wait for the bridge
 * @param scheduler for deadlines: its tasks are short
 * @param posts is told how POSTs to endpoints were answered
 * @param sessions is told of sessions that were opened
 * @param bodies what the bodies of requests may take of the memory, all together
 * @param refusals is told who is refused
 */
public record ServerRuntime(
    Clock clock,
    RandomGenerator random,
    Executor executor,
    ScheduledExecutorService scheduler,
    PostListener posts,
    SessionListener sessions,
    BodyBudget bodies,
    RefusalLog refusals) {

  /** With what the heap allows to bodies, and lines about refusals. */
  public ServerRuntime(
      Clock clock,
      RandomGenerator random,
      Executor executor,
      ScheduledExecutorService scheduler,
      PostListener posts,
      SessionListener sessions) {
    this(
        clock,
        random,
        executor,
        scheduler,
        posts,
        sessions,
        BodyBudget.ofHeap(),
        new RefusalLog(clock));
  }

  /** The same, where that one is told of sessions. */
  public ServerRuntime with(SessionListener listener) {
    return new ServerRuntime(clock, random, executor, scheduler, posts, listener, bodies, refusals);
  }
}
