package io.github.jvbwhip.embedded.transport;

import java.lang.reflect.Field;
import java.util.concurrent.ThreadPoolExecutor;
import org.ice4j.ice.Agent;
import org.ice4j.stack.NetAccessManager;
import org.ice4j.stack.StunClientTransaction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The threads that ice4j has for all its agents. By its own choice there are as many as there are
 * messages to handle, or checks to repeat, at a time.
 */
final class Ice4jThreads {
  private static final Logger LOG = LoggerFactory.getLogger(Ice4jThreads.class);

  /** Of each kind: what they do takes a fraction of a millisecond. */
  private static final int MOST = 16;

  private Ice4jThreads() {}

  /** Bounds them. */
  static void bound() {
    bound(NetAccessManager.class, "messageProcessingExecutor");
    bound(StunClientTransaction.class, "retransmissionExecutor");
    bound(Agent.class, "agentTasksExecutor");
  }

  /**
   * What does not fit is done where it comes from. For messages that is the agent's own thread, and
   * its {@link IceLink} drops those that come too fast then; otherwise it is a timer of ice4j.
   */
  private static void bound(Class<?> owner, String name) {
    try {
      Field field = owner.getDeclaredField(name);
      field.setAccessible(true);
      ThreadPoolExecutor pool = (ThreadPoolExecutor) field.get(null);
      pool.setRejectedExecutionHandler(new ThreadPoolExecutor.CallerRunsPolicy());
      pool.setMaximumPoolSize(MOST);
    } catch (ReflectiveOperationException | RuntimeException e) {
      LOG.warn("ice4j may take any number of threads", e);
    }
  }
}
